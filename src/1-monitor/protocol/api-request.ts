import { roadOf } from '../check/road.ts';
import { signedIn } from '../check/sign-in.ts';
import type { Assertion, CheckTls, HttpSpec, SpecOf } from '../check/spec.ts';
import type { Target } from '../check/target.ts';
import { isSecretHeader } from '../check/secret-header.ts';
import { isTemplate } from '../kind/template.ts';
import { addressOf } from '../kind/api-address.ts';
import type { ApiOptions, ApiStep } from '../kind/api.ts';
import type { ApiValues } from './api-values.ts';

const MAX_BODY_BYTES = 2_097_152;

/** The request of one step, values put in. Throws `MissingValue`. */
export function stepRequest(
  step: ApiStep,
  { monitorId, workspaceId, intervalMs, allowedTargets, options }: SpecOf<'api'>,
  target: Target,
  values: ApiValues,
  timeoutMs: number,
): HttpSpec {
  const headers = headersOf(step, values);
  const body = step.body === null ? {} : { body: values.body(step.body, headers['content-type'] ?? '') };
  const staysHome = {
    headers: Object.entries(step.headers)
      .filter(([name, template]) => isTemplate(template) || values.isSecretIn(headers[name.toLowerCase()] ?? ''))
      .map(([name]) => name.toLowerCase()),
    body: step.body !== null && (isTemplate(step.body) || values.isSecretIn(step.body)),
  };
  return {
    monitorId,
    workspaceId,
    intervalMs,
    allowedTargets,
    timeoutMs: Math.floor(timeoutMs),
    paused: false,
    kind: 'http',
    url: addressOf(values.url(step.url), target.url),
    method: step.method,
    headers,
    ...body,
    staysHome,
    maxRedirects: step.maxRedirects,
    maxBodyBytes: MAX_BODY_BYTES,
    assertions: step.assertions.map((assertion) => values.assertion(assertion as Assertion)),
    ...roadOf(options),
    tls: tlsOf(options),
  };
}

function headersOf(step: ApiStep, values: ApiValues): Readonly<Record<string, string>> {
  const own = Object.entries(step.headers).map(([name, template]) => {
    const value = values.text(template);
    if (isSecretHeader(name) && !isTemplate(template)) values.hide(value);
    return [name.toLowerCase(), value] as const;
  });
  const headers: Record<string, string> = Object.fromEntries(own);
  const looksLikeJson = step.body !== null && /^\s*[[{]/.test(step.body);
  if (looksLikeJson) headers['content-type'] ??= 'application/json';
  const [user, password, bearerToken] = [step.user, step.password, step.bearerToken].map((template) =>
    template === null ? null : values.text(template),
  );
  for (const secret of [password, bearerToken]) if (secret) values.hide(secret);
  if (password) values.hide(`${user ?? ''}:${password}`);
  return signedIn(headers, { user: user ?? null, password: password ?? null, bearerToken: bearerToken ?? null });
}

function tlsOf({ skipVerification, caPem, clientCertificatePem, clientKeyPem }: ApiOptions): CheckTls {
  return {
    skipVerification,
    ...(caPem === null ? {} : { caPem }),
    ...(clientCertificatePem === null ? {} : { clientCertificatePem }),
    ...(clientKeyPem === null ? {} : { clientKeyPem }),
  };
}
