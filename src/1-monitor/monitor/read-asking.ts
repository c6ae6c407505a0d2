import { createSecureContext } from 'node:tls';
import { AppError, invalid } from '#kernel/errors.ts';
import { isSecretHeader } from '../check/secret-header.ts';
import { api } from '../kind/api.ts';
import { HTTP_OPTIONS, type HttpOptions } from '../kind/http.ts';
import { PROTOCOL_KINDS, type ProtocolKind } from '../kind/kinds.ts';
import type { TestMonitorBody } from './contract.ts';
import { readApi } from './read-api.ts';
import { refuseStrangeAuthorities } from './read-authorities.ts';
import { readProxy } from './read-proxy.ts';
import { type Sealable, splitQuestion } from './question.ts';
import { type MonitorTarget, readTarget, refuseForbidden, refuseForbiddenOptions } from './target.ts';

/**
 * What somebody wants asked, by its address and options; an account in the address is among the options. Refuses whom
 * the workspace has not allowed to be reached; null = it is not asked from here. The script of a journey is looked at by
 * `refuseUnreadable`.
 */
export function readAsking(
  wanted: TestMonitorBody,
  allowedTargets: readonly string[] | null,
): Sealable & { readonly kind: 'http' | ProtocolKind; readonly target: MonitorTarget } {
  const kind = wanted.kind ?? 'http';
  const target = readTarget(wanted.url, kind);
  if (allowedTargets !== null) refuseForbidden(target, allowedTargets);
  if (!isProtocolAsking(wanted)) refuseStrangeAuthorities(wanted.tls.caPem, 'body.tls.caPem');
  const options = readOptions(kind, { ...wanted.options, ...target.account }, { url: target.url, allowedTargets });
  const split = isProtocolAsking(wanted)
    ? splitQuestion({ ...wanted, options })
    : splitQuestion({ ...wanted, kind: 'http', options });
  return { kind, target, ...split };
}

function isProtocolAsking(wanted: TestMonitorBody): wanted is Extract<TestMonitorBody, { kind: ProtocolKind }> {
  return wanted.kind !== undefined && wanted.kind !== 'http';
}

/**
 * The options of a kind, defaults filled in. Refuses by `body.options.…`. `stored`: the secrets that masked values stand
 * for, where they stand deep in the options.
 */
export function readOptions(
  kind: 'http' | ProtocolKind,
  given: Readonly<Record<string, unknown>>,
  {
    url,
    allowedTargets,
    stored = {},
  }: {
    readonly url: string;
    readonly allowedTargets: readonly string[] | null;
    readonly stored?: Readonly<Record<string, string>>;
  },
): Readonly<Record<string, unknown>> {
  const known = kind === 'http' ? HTTP_OPTIONS : PROTOCOL_KINDS[kind].options;
  const parsed = known.strict().safeParse(given);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({
      path: ['body', 'options', ...path.map(String)].join('.'),
      message,
    }));
    throw new AppError('invalid', errors[0]?.message ?? 'The options are not valid.', { errors });
  }
  if ('caPem' in parsed.data) refuseStrangeAuthorities(parsed.data['caPem'], 'body.options.caPem');
  if (kind === 'api') {
    const read = readApi(api.options.parse(parsed.data), { url, allowedTargets, stored });
    const options = readProxy(read, url, allowedTargets);
    refuseHalfCertificate(options);
    return options;
  }
  refuseSecretLines(parsed.data);
  if (kind === 'http') {
    const options = readProxy(HTTP_OPTIONS.parse(parsed.data), url, allowedTargets);
    refuseHalfCertificate(options);
    return options;
  }
  if (allowedTargets !== null) refuseForbiddenOptions(kind, parsed.data, allowedTargets);
  return parsed.data;
}

/** Lines of headers are shown to whoever may read monitors; what is secret has options of its own. */
function refuseSecretLines({ headers }: Readonly<Record<string, unknown>>): void {
  if (!Array.isArray(headers)) return;
  const names = headers.map((line) => String(line).split(':')[0]?.trim() ?? '');
  const at = names.findIndex(isSecretHeader);
  if (at === -1) return;
  throw invalid(
    `body.options.headers.${at}`,
    `${names[at]} carries a secret and would be shown; use the options for signing in, which are kept sealed`,
  );
}

/** A certificate and its key belong together, and OpenSSL must be able to read both. */
function refuseHalfCertificate({
  clientCertificatePem: cert,
  clientKeyPem: key,
}: Pick<HttpOptions, 'clientCertificatePem' | 'clientKeyPem'>): void {
  if (cert === null && key === null) return;
  if (key === null) throw invalid('body.options.clientKeyPem', 'give the key of the client certificate too');
  if (cert === null) throw invalid('body.options.clientCertificatePem', 'give the certificate of the key too');
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalid('body.options.clientCertificatePem', `cannot be used with its key: ${reason}`);
  }
}
