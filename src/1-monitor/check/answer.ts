import { headerValue, type HeaderFields } from './response-head.ts';
import type { CheckArtefacts, CheckError, CheckResult, StepRun } from './spec.ts';

/** What came as received (content codings not undone), or how far one came before the error. */
export interface Asked {
  readonly error: CheckError | null;
  /** `status` null where the protocol has none. */
  readonly received: { readonly status: number | null; readonly headers: HeaderFields; readonly body: Buffer } | null;
  /** It works, but not well: why, as a sentence. The outcome is `degraded`, unless an assertion fails. */
  readonly degraded?: string;
  /** What counts as the time that it took, where that is not the whole check. */
  readonly tookMs?: number;
  /** Of a check that is made in steps, how each of them went. */
  readonly steps?: readonly StepRun[];
  /** Of a check in a browser. */
  readonly artefacts?: CheckArtefacts;
  /** Where it is judged already, step by step. */
  readonly verdict?: Verdict;
}

/** What an answer comes to. */
export type Verdict = Pick<CheckResult, 'outcome' | 'failures' | 'error' | 'evidence'>;

/** What came back, as far as assertions and evidence look at it. */
export interface Answer {
  /** Null where the protocol has none. */
  readonly status: number | null;
  readonly headers: HeaderFields;
  /** Decoded as far as kept. */
  readonly body: Buffer;
  readonly totalMs: number;
  readonly certificateExpiresAtMs: number | null;
}

/** As text by the charset that its content-type names, else UTF-8; what is not valid becomes U+FFFD. */
export function bodyText(answer: Pick<Answer, 'headers' | 'body'>): string {
  const charset = /;\s*charset="?([\w-]+)/i.exec(headerValue(answer.headers, 'content-type') ?? '')?.[1] ?? 'utf-8';
  if (/^utf-?8$/i.test(charset)) return answer.body.toString('utf8');
  try {
    return new TextDecoder(charset).decode(answer.body);
  } catch {
    return answer.body.toString('utf8');
  }
}
