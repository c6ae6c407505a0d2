import type { CheckProgress, CheckResult, CheckSpec } from './spec.ts';

/** Messages between the process that stores (parent) and the one that checks (child): node's IPC, structured clones. */

export type ToEngine =
  /** The whole assignment; everybody waits for their grid, but whose point passed since `sinceMs`, unchecked, is checked now. */
  | { readonly type: 'assign'; readonly specs: readonly CheckSpec[]; readonly sinceMs: number }
  | { readonly type: 'upsert'; readonly specs: readonly CheckSpec[] }
  | { readonly type: 'remove'; readonly monitorIds: readonly string[] }
  | { readonly type: 'check-now'; readonly spec: CheckSpec; readonly requestId: number; readonly watched: boolean }
  /** The batch is stored. Until then only a few more are sent. */
  | { readonly type: 'ack'; readonly sequence: number }
  /** No new checks; `drained` follows when nothing waits to be stored. */
  | { readonly type: 'drain' };

export type FromEngine =
  | { readonly type: 'results'; readonly sequence: number; readonly results: readonly CheckResult[] }
  | ({ readonly type: 'progress'; readonly requestId: number } & CheckProgress)
  /** It waits for no turn any more. */
  | { readonly type: 'begun'; readonly requestId: number }
  | { readonly type: 'checked'; readonly requestId: number; readonly result: CheckResult }
  | ({ readonly type: 'lag' } & EngineLag)
  | {
      readonly type: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly fields: object;
      readonly message: string;
    }
  | { readonly type: 'drained' };

/** Sent every 5 s. */
export interface EngineLag {
  readonly checksStarted: number;
  readonly checksRunning: number;
  readonly resultsWaiting: number;
  readonly resultsDropped: number;
  readonly latenessP99Ms: number;
  readonly latenessMaxMs: number;
  readonly cpuSeconds: number;
  readonly rssBytes: number;
}
