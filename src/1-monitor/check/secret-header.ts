const SECRET_HEADER = /^(?:cookie|.*authorization|.*(?:token|secret|api-?key|password|session).*)$/i;

/** Whether a request header carries a credential, by its name: kept sealed, read back masked, sent to its own origin only. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADER.test(name);
}
