import type { CheckError, StepRun } from '../check/spec.ts';

/** What the engine and the driver of one journey say to each other, on Node's channel. */
export interface JourneyOrder {
  readonly script: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly url: string;
  readonly screen: 'desk' | 'phone';
  readonly skipVerification: boolean;
  readonly timeoutMs: number;
  readonly allowedTargets: readonly string[];
  readonly chromium: string;
  /** An empty folder of its own, removed afterwards by whoever made it. */
  readonly folder: string;
  /** Whom everything runs as where we are root; null = as we are. */
  readonly account: number | null;
  /** Whether somebody looks on: then pictures of the present moment come along. */
  readonly watched: boolean;
}

export interface JourneyProgress {
  readonly steps: readonly StepRun[];
  /** JPEG. */
  readonly picture: Uint8Array | null;
}

export interface JourneyEnd {
  /** Null: everything held. */
  readonly error: CheckError | null;
  readonly tookMs: number;
  readonly steps: readonly StepRun[];
  /** The address that the first page was loaded from, or that was refused. */
  readonly address: string | null;
  /** What the page said meanwhile: errors in its console, requests that failed. */
  readonly notes: readonly string[];
  /** JPEG, of a journey that failed. */
  readonly picture: Uint8Array | null;
  /** A zip that Playwright's trace viewer opens. */
  readonly trace: Uint8Array | null;
  /** Chromium did not run in its own sandbox: this system does not let it. */
  readonly unboxed: boolean;
}

/** How far the driver is: its browser is there and the script runs; the script is over and a last look is taken. */
export type JourneyStage = 'running' | 'over';

export type FromDriver =
  | { readonly type: 'stage'; readonly stage: JourneyStage }
  | ({ readonly type: 'progress' } & JourneyProgress)
  | { readonly type: 'end'; readonly end: JourneyEnd };

/** Sizes in bytes, times in milliseconds. */
export const DRIVER_LIMITS = {
  /** All processes of one journey together, what they share counted once. */
  memoryBytes: 805_306_368,
  scriptHeapMb: 64,
  driverHeapMb: 256,
  networkBytes: 104_857_600,
  connections: 256,
  lineBytes: 2_097_152,
  answerBytes: 524_288,
  callsAtOnce: 200,
  /** Remembered with what became of them. */
  failedCalls: 100,
  pages: 5,
  notes: 40,
  pictureBytes: 307_200,
  traceBytes: 2_097_152,
  actionMs: 10_000,
  expectMs: 5_000,
  launchMs: 20_000,
  /** For the driver's own start, before that of the browser. */
  startMs: 10_000,
  /** How late the driver may be with saying that the time is up; one that is later is stuck in a pattern of the script. */
  stuckMs: 2_500,
  /** For a last look at the page after the time is up: its picture, its trace, and its end. */
  lastLookMs: 2_000,
  endMs: 8_000,
} as const;
