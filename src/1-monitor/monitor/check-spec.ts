import type { Secrets } from '#platform/secrets.ts';
import type { CheckSpec } from '../check/spec.ts';
import { openSecrets } from './open-secrets.ts';
import { joinSecrets, type Question } from './question.ts';

/** What the engine needs of a stored HTTP monitor. */
export type Checkable = {
  readonly workspaceId: string;
  readonly id: string;
  readonly url: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly question: Question;
  readonly sealedSecrets: string | null;
};

const MAX_BODY_BYTES = 2_097_152;

/** The question in the engine's words, secrets opened. */
export function checkSpecOf(monitor: Checkable, allowedTargets: readonly string[], secrets: Secrets): CheckSpec {
  const { method, headers, body, maxRedirects, assertions, degradedAboveMs, tls } = monitor.question;
  return {
    monitorId: monitor.id,
    workspaceId: monitor.workspaceId,
    kind: 'http',
    url: monitor.url,
    method,
    headers: joinSecrets(headers, openSecrets(secrets, monitor.sealedSecrets)),
    ...(body === null ? {} : { body }),
    intervalMs: monitor.intervalMs,
    timeoutMs: monitor.timeoutMs,
    maxRedirects,
    assertions,
    maxBodyBytes: MAX_BODY_BYTES,
    allowedTargets,
    ...(degradedAboveMs === null ? {} : { degradedAboveMs }),
    tls: {
      ...(tls.caPem === null ? {} : { caPem: tls.caPem }),
      minVersion: tls.minVersion,
      skipVerification: tls.skipVerification,
    },
    paused: false,
  };
}
