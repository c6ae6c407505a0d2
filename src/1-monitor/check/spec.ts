import type { JsonTest } from './json-tests.ts';
import type { ProtocolKind, ProtocolOptions } from '../kind/kinds.ts';

/**
 * What a check asks and what it answers. Pure types and limits, safe for the browser: the engine, the monitor
 * that is checked, the dashboard and a probe elsewhere share this page.
 */

export type CheckMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** Both ends belong to the range: `{ from: 200, to: 299 }`; one status is `{ from: 204, to: 204 }`. */
export interface StatusRange {
  readonly from: number;
  readonly to: number;
}

/**
 * One thing that must hold of the answer. Without a `status` assertion, 200–399 is expected.
 * `matches` is a JavaScript regular expression (flag u), searched anywhere; header names know no case; header values
 * that came several times are joined by ", ".
 */
export type Assertion =
  | { readonly kind: 'status'; readonly in: readonly StatusRange[] }
  | {
      readonly kind: 'header';
      readonly name: string;
      readonly test: 'equals' | 'contains' | 'matches';
      readonly value: string;
    }
  | { readonly kind: 'body'; readonly test: 'contains' | 'not-contains' | 'matches'; readonly value: string }
  | {
      readonly kind: 'json';
      /** JSONPath; all values that it leads to must hold, and there must be one. */
      readonly path: string;
      readonly test: JsonTest;
      /** Compared as what the value is: a number as a number. Means nothing where the test is about being there. */
      readonly value: string;
    }
  /** Of the body, decoded. */
  | { readonly kind: 'size'; readonly test: 'less' | 'greater'; readonly bytes: number }
  | { readonly kind: 'response-time'; readonly belowMs: number }
  | { readonly kind: 'certificate'; readonly daysAtLeast: number };

/** How TLS is spoken. Nothing given: the system's authorities, no client certificate, TLS 1.2 or newer. */
export interface CheckTls {
  /** PEM, in place of the default authorities. */
  readonly caPem?: string;
  readonly clientCertificatePem?: string;
  readonly clientKeyPem?: string;
  readonly minVersion?: 'TLSv1.2' | 'TLSv1.3';
  /** Do not verify the certificate (expiry is still read and can be asserted). */
  readonly skipVerification?: boolean;
}

/** What every check has, whatever it asks. */
interface CheckFrame {
  readonly monitorId: string;
  readonly workspaceId: string;
  readonly intervalMs: number;
  /** How far the grid of this place is moved against those of the others that ask the same; absent = not at all. */
  readonly offsetMs?: number;
  /** For the whole check, redirects included. */
  readonly timeoutMs: number;
  readonly assertions: readonly Assertion[];
  /** CIDRs that may be reached beyond public addresses. */
  readonly allowedTargets: readonly string[];
  /** Up, but slower than this in total: degraded. */
  readonly degradedAboveMs?: number;
  readonly paused: boolean;
}

export interface HttpSpec extends CheckFrame {
  readonly kind: 'http';
  /** Absolute, http: or https:. */
  readonly url: string;
  readonly method: CheckMethod;
  /** Sent as given; `connection`, `content-length` and `transfer-encoding` are the engine's own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What a redirect to another origin does not take along, besides headers that are secret by their names (lower case). */
  readonly staysHome?: { readonly headers: readonly string[]; readonly body: boolean };
  /** 0 = a redirect is the answer. Only GET and HEAD follow. */
  readonly maxRedirects: number;
  /** A longer body (as sent, and as decoded) fails the check. */
  readonly maxBodyBytes: number;
  readonly tls?: CheckTls;
  /** Absent = HTTP/1.1. `2` demands it, without TLS too (RFC 9113 §3.3); `auto` takes it where a server offers it in TLS. */
  readonly httpVersion?: '2' | 'auto';
  readonly proxy?: CheckProxy;
}

/** Whom an HTTP request is handed to, instead of the target itself. */
export interface CheckProxy {
  /** `http://proxy.example.org:3128`; https = TLS is spoken with the proxy, too. */
  readonly url: string;
  /** Sent to the proxy alone, as `Proxy-Authorization`. */
  readonly authorization: string | null;
}

/** A check in one of the other protocols: an address of its scheme, and what is asked there. */
export type SpecOf<Kind extends ProtocolKind> = CheckFrame & {
  readonly kind: Kind;
  readonly url: string;
  readonly options: ProtocolOptions[Kind];
};
export type ProtocolSpec = { [Kind in ProtocolKind]: SpecOf<Kind> }[ProtocolKind];

export type CheckSpec = HttpSpec | ProtocolSpec;

export type CheckOutcome = 'up' | 'degraded' | 'down' | 'unknown';

/** Why no judgement on assertions was reached. */
export type CheckErrorKind = TargetFault | OwnFault;

/** The target's: the outcome is `down`. */
export type TargetFault =
  | 'name-not-found'
  | 'refused'
  | 'unreachable'
  | 'reset'
  | 'timeout'
  | 'tls'
  | 'certificate'
  | 'protocol'
  | 'truncated'
  | 'headers-too-large'
  | 'body-too-large'
  | 'decoding'
  | 'redirect'
  /** It answered, but with something else than what was expected. */
  | 'answer';

/** Ours: the outcome is `unknown`, never `down`. */
export type OwnFault =
  | 'target-not-allowed'
  | 'resolver'
  | 'no-connectivity'
  | 'out-of-resources'
  /** This machine lacks a program, or the right to use it. */
  | 'not-permitted'
  /** What was asked cannot say: a metric without values, a program that does not know. */
  | 'no-data'
  | 'pattern'
  | 'invalid-spec'
  /** The proxy that the monitor asks through is not there, or does not do as it is told. */
  | 'proxy'
  | 'engine';

export interface CheckError {
  readonly kind: CheckErrorKind;
  /** A sentence for people: "connection refused by 127.0.0.1:8080". */
  readonly message: string;
}

/** Reads as "expected {expected}, got {got}". */
export interface AssertionFailure {
  /** Absent where something else than an assertion asked for it. */
  readonly assertion?: Assertion;
  readonly expected: string;
  readonly got: string;
}

/** Milliseconds with fractions; null where not reached (or, for TLS, not spoken). Summed over redirects. */
export interface CheckPhases {
  readonly dnsMs: number | null;
  readonly tcpMs: number | null;
  readonly tlsMs: number | null;
  readonly firstByteMs: number | null;
  readonly transferMs: number | null;
}

/** What is kept of a failed check's answer. Bounded; values of secret headers read `[secret]`. */
export interface CheckEvidence {
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The first part of the body as text, decoded, without control characters. */
  readonly bodyStart: string;
}

/** How one step of a check went: a request of several, an act in a browser. */
export interface StepRun {
  readonly name: string;
  /** `not-run`: an earlier one failed. */
  readonly outcome: 'passed' | 'failed' | 'not-run';
  /** Since the check began; 0 when it did not run. */
  readonly startedMs: number;
  readonly tookMs: number;
  readonly status: number | null;
  /** Null where they mean nothing. */
  readonly phases: CheckPhases | null;
  readonly failures: readonly { readonly expected: string; readonly got: string }[];
  readonly error: { readonly kind: string; readonly message: string } | null;
  /** What it took from the answer for later steps; what is secret reads `[secret]`. */
  readonly values: readonly (readonly [name: string, value: string])[];
}

/** How an HTTP request travelled. */
export interface CheckConnection {
  /** In which the answer came; null where none came. */
  readonly httpVersion: '1.1' | '2' | null;
  /** `http://proxy.example.org:3128`, where it went through one. */
  readonly proxy: string | null;
}

/** Instants in milliseconds since 1970. */
export interface CheckResult {
  readonly monitorId: string;
  readonly workspaceId: string;
  readonly dueAtMs: number;
  readonly startedAtMs: number;
  readonly latenessMs: number;
  readonly outcome: CheckOutcome;
  readonly totalMs: number;
  readonly phases: CheckPhases;
  readonly status: number | null;
  /** The address that was asked, or refused; the last one after redirects. */
  readonly address: string | null;
  readonly certificateExpiresAtMs: number | null;
  readonly failures: readonly AssertionFailure[];
  readonly error: CheckError | null;
  /** Null for a check that is up, and where no answer came. */
  readonly evidence: CheckEvidence | null;
  /** In the order in which they stand; null for a check that is one act. */
  readonly steps: readonly StepRun[] | null;
  /** Absent where it was plain HTTP/1.1, or another protocol. */
  readonly connection?: CheckConnection;
  /** Of a check in a browser that was not up. */
  readonly artefacts?: CheckArtefacts;
}

/** How far a check in a browser is, for somebody who looks on. */
export interface CheckProgress {
  readonly steps: readonly StepRun[];
  /** JPEG, of the page as it is; null = as before. */
  readonly picture: Uint8Array | null;
}

/** What a browser shows of a failure: a JPEG, and a zip for Playwright's trace viewer. Bounded. */
export interface CheckArtefacts {
  readonly picture: Uint8Array | null;
  readonly trace: Uint8Array | null;
}
