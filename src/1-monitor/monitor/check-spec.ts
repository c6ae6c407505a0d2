import { conflict, notFound } from '#kernel/errors.ts';
import type { Secrets } from '#platform/secrets.ts';
import { roadOf } from '../check/road.ts';
import type { CheckSpec } from '../check/spec.ts';
import { signedIn } from '../check/sign-in.ts';
import { HTTP_OPTIONS } from '../kind/http.ts';
import { type AskedKind, isAsked, isProtocolKind, type MonitorKind } from '../kind/kinds.ts';
import { openSecrets } from './open-secrets.ts';
import { joinOptions, joinSecrets, optionSecrets, type Question, wholeOptions } from './question.ts';

/** What the engine needs of a stored monitor. */
export type Checkable = {
  readonly workspaceId: string;
  readonly id: string;
  readonly kind: AskedKind;
  readonly url: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly question: Question;
  readonly sealedSecrets: string | null;
  /** Of the place that is to ask, where there are several. */
  readonly offsetMs?: number;
};

const MAX_BODY_BYTES = 2_097_152;

/** Whether something asks; what is told to us is asked nothing. */
export function isCheckable<Row extends { readonly kind: MonitorKind; readonly url: string | null }>(
  row: Row,
): row is Row & { readonly kind: AskedKind; readonly url: string } {
  return isAsked(row.kind) && row.url !== null;
}

/** Refuses what is asked nothing, and what is archived. */
export function requireCheckable<
  Row extends { readonly id: string; readonly name: string; readonly kind: MonitorKind } & {
    readonly url: string | null;
    readonly archivedAt: Date | null;
  },
>(monitor: Row): Row & { readonly kind: AskedKind; readonly url: string } {
  if (monitor.archivedAt) throw notFound('monitor', monitor.id);
  if (!isCheckable(monitor)) throw conflict(`${monitor.name} asks nobody: it waits for what is sent to it.`);
  return monitor;
}

/** The question in the engine's words, secrets opened. Throws when stored options are none of the kind's. */
export function checkSpecOf(monitor: Checkable, allowedTargets: readonly string[], secrets: Secrets): CheckSpec {
  const { assertions, degradedAboveMs } = monitor.question;
  const frame = {
    monitorId: monitor.id,
    workspaceId: monitor.workspaceId,
    url: monitor.url,
    intervalMs: monitor.intervalMs,
    ...(monitor.offsetMs === undefined || monitor.offsetMs === 0 ? {} : { offsetMs: monitor.offsetMs }),
    timeoutMs: monitor.timeoutMs,
    assertions,
    allowedTargets,
    ...(degradedAboveMs === null ? {} : { degradedAboveMs }),
    paused: false,
  };
  const opened = openSecrets(secrets, monitor.sealedSecrets);
  if (isProtocolKind(monitor.kind)) {
    const { kind, question } = monitor;
    return { ...frame, ...wholeOptions(kind, question.options ?? {}, opened) };
  }
  const { method, headers, body, maxRedirects, tls } = monitor.question;
  const options = HTTP_OPTIONS.parse(joinOptions(monitor.question.options ?? {}, optionSecrets(opened)));
  return {
    ...frame,
    kind: 'http',
    method,
    headers: signedIn(joinSecrets(headers, opened), options),
    ...(body === null ? {} : { body }),
    maxRedirects,
    maxBodyBytes: MAX_BODY_BYTES,
    ...roadOf(options),
    tls: {
      ...(tls.caPem === null ? {} : { caPem: tls.caPem }),
      minVersion: tls.minVersion,
      skipVerification: tls.skipVerification,
      ...(options.clientCertificatePem === null ? {} : { clientCertificatePem: options.clientCertificatePem }),
      ...(options.clientKeyPem === null ? {} : { clientKeyPem: options.clientKeyPem }),
    },
  };
}
