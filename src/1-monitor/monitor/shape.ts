import { z } from 'zod';
import { id, instant } from '#kernel/schema.ts';
import { MONITOR_KINDS } from '../kind/kinds.ts';
import { METRIC_TESTS } from '../kind/threshold.ts';
import { runningMaintenance } from '../maintenance/contract.ts';
import { connection, evidence, locationId, outcome, phases, result, stepRun } from '../result/contract.ts';
import { monitorState } from '../verdict/contract.ts';
import { assertion } from '../kind/assertion.ts';
import { bodyOf, fields } from './question-fields.ts';

export const trialName = z.string().min(16).max(64);

/** Without a kind, HTTP. */
export const testMonitorBody = bodyOf({
  /** A name of the caller's own choice, under which a journey's progress is read while it goes. */
  trial: trialName.optional(),
});
export type TestMonitorBody = z.output<typeof testMonitorBody>;

const place = {
  /** By default the host and path of the URL. */
  name: fields.name.optional(),
  /** By default the service named after the host, which is made when there is none. */
  serviceId: fields.serviceId.optional(),
  tags: fields.tags.default([]),
  group: fields.group.default(null),
  intervalSeconds: fields.intervalSeconds.default(30),
  confirm: fields.confirm.default({ failures: 1, recoveries: 1 }),
  locations: fields.locations.default(['home']),
};
export const createMonitorBody = bodyOf(place);
export type CreateMonitorBody = z.output<typeof createMonitorBody>;
export type CreateMonitorInput = z.input<typeof createMonitorBody>;
/** Method, headers, body, redirects and TLS belong to HTTP; `options` to every kind, where those not named stay. */
export const editMonitorBody = z.object({ ...fields, options: z.record(z.string().max(60), z.unknown()) }).partial();
export type EditMonitorBody = z.output<typeof editMonitorBody>;
export const tryMonitorBody = editMonitorBody.extend({ trial: trialName.optional() });
export type TryMonitorBody = z.output<typeof tryMonitorBody>;

export const drill = z.object({ startedAt: instant, endsAt: instant });

/** What a heartbeat waits for. */
export const beatClock = z.object({
  /** With a cron expression, the longest stretch between two of its times. */
  periodSeconds: z.number().int(),
  cron: z.string().nullable(),
  timeZone: z.string().nullable(),
  graceSeconds: z.number().int(),
  lastBeatAt: instant.nullable(),
  /** When the next beat should come; null before the first one and while a run is under way. Stays after a miss. */
  expectedAt: instant.nullable(),
  /** When it counts as missed; null before the first beat, after a miss and while paused. */
  dueAt: instant.nullable(),
  /** When the oldest run that is under way began. */
  runningSince: instant.nullable(),
});
export type BeatClock = z.output<typeof beatClock>;

/** What must hold of a value that is sent to us, and what came last. */
export const pushedValue = z.object({
  test: z.enum(METRIC_TESTS),
  value: z.number(),
  forSeconds: z.number().int(),
  periodSeconds: z.number().int(),
  graceSeconds: z.number().int(),
  lastValue: z.number().nullable(),
  lastValueAt: instant.nullable(),
  /** Since when the values do not hold; null while they do. */
  brokenSince: instant.nullable(),
  /** When silence makes it unknown; null before the first value, after a silence and while paused. */
  dueAt: instant.nullable(),
});
export type PushedValue = z.output<typeof pushedValue>;

export const monitorRow = z.object({
  id: id('mon'),
  kind: z.enum(MONITOR_KINDS),
  name: z.string(),
  serviceId: id('svc'),
  serviceName: z.string(),
  tags: z.array(z.string()),
  group: z.string().nullable(),
  /** During a drill `down`, whatever the real checks say. */
  state: monitorState,
  since: instant,
  drill: drill.nullable(),
  /** It went up and down too often to believe either: its fault is held until it has answered for a while. */
  flappingSince: instant.nullable(),
  /** The window that names it or its service, while one runs: its alerts are held, and the time is not counted. */
  maintenance: runningMaintenance.nullable(),
  url: z.string().nullable(),
  intervalSeconds: z.number(),
  lastCheckedAt: instant.nullable(),
  latencyMs: z.number().nullable(),
  /** Total milliseconds of the last checks, oldest first, at most 30; null where nothing answered. */
  sparkline: z.array(z.number().nullable()),
  uptime30d: z.number().nullable(),
  /** Null for other kinds. */
  heartbeat: beatClock.nullable(),
  /** Null for other kinds. */
  pushedValue: pushedValue.nullable(),
});
export type MonitorRow = z.output<typeof monitorRow>;

/** Until when the address before the present one works as well; null when there is none. */
const previousKeyUntil = instant.nullable();

export const heartbeatDetail = beatClock.extend({
  /** How long a run may take after its start; null: as long as the grace. */
  maxRunSeconds: z.number().int().nullable(),
  /** Where the job reports; null for people who may not change monitors. */
  beatUrl: z.string().nullable(),
  previousKeyUntil,
  lastDurationMs: z.number().nullable(),
});

export const pushedValueDetail = pushedValue.extend({
  /** Where values are sent; null for people who may not change monitors. */
  pushUrl: z.string().nullable(),
  previousKeyUntil,
});

export const monitor = monitorRow.extend({
  method: fields.method.nullable(),
  headers: z.record(z.string(), z.string()),
  body: z.string().nullable(),
  timeoutSeconds: z.number(),
  maxRedirects: z.number().int(),
  confirm: z.object({
    failures: z.number().int(),
    recoveries: z.number().int(),
    /** How many locations must agree; null = more than half. */
    locations: z.number().int().nullable(),
  }),
  /** What each location holds, when it is asked from elsewhere than here alone. */
  locations: z.array(
    z.object({
      id: locationId,
      name: z.string(),
      state: monitorState,
      since: instant,
      lastCheckedAt: instant.nullable(),
    }),
  ),
  assertions: z.array(assertion),
  degradedAboveMs: z.number().nullable(),
  tls: z.object({ skipVerification: z.boolean(), minVersion: z.string(), caPem: z.string().nullable() }).nullable(),
  /** Of its kind; secret values read `[secret]`. Null for what is told to us, and where nothing was ever set. */
  options: z.record(z.string(), z.unknown()).nullable(),
  heartbeat: heartbeatDetail.nullable(),
  pushedValue: pushedValueDetail.nullable(),
  /** From the moment the target breaks until we say so, at most. */
  worstCaseDetectionSeconds: z.number(),
  certificateExpiresAt: instant.nullable(),
  /** When it is asked next; null while it is paused, and for what is told to us. */
  nextCheckAt: instant.nullable(),
  lastResult: result.nullable(),
  /** The network that the owner may allow, when the target's name leads to an address that is not allowed. */
  suggestedTarget: z.string().nullable(),
  /** The files that made it or took it over: the next apply of their set sets back what is changed elsewhere. */
  managedBy: z.object({ set: z.string(), key: z.string(), appliedAt: instant }).nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Monitor = z.output<typeof monitor>;

/** The answer of one check that is not stored. */
export const checkAnswer = z.object({
  outcome,
  totalMs: z.number(),
  phases,
  status: z.number().int().nullable(),
  address: z.string().nullable(),
  certificateExpiresAt: instant.nullable(),
  /** Null where it was plain HTTP/1.1, or another protocol. */
  connection: connection.nullable(),
  /** Null when it is up. */
  evidence: evidence.nullable(),
  /** How each step went, up or not; null for a check that is one act. */
  steps: z.array(stepRun).nullable(),
  /** Of a journey that failed, the page at its end: a JPEG. */
  picture: z.string().nullable(),
  /** The network that the owner may allow so that this target can be reached; null when that is not the trouble. */
  suggestedTarget: z.string().nullable(),
});
export type CheckAnswer = z.output<typeof checkAnswer>;

/** A journey that is under way: its steps so far, and the page as it is (a JPEG). */
export const trial = z.object({ steps: z.array(stepRun), picture: z.string().nullable() });
export type Trial = z.output<typeof trial>;
