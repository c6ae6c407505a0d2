/** Replaces secrets by `[secret]`, as they are and as addresses and JSON write them; those of two letters stay. */
export function maskOf(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= 3)
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      encodeURIComponent(secret).replaceAll('%20', '+'),
    ]);
  // The longest first, so that one that is part of another does not leave the rest of it.
  const all = [...new Set(forms)].toSorted((a, b) => b.length - a.length);
  return (text) => all.reduce((masked, form) => masked.replaceAll(form, '[secret]'), text);
}
