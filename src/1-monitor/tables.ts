import type { ColumnType, Generated } from 'kysely';
import type { ConfigSection } from './config/contract.ts';
import type { Run } from './heartbeat/beat.ts';
import type { BeatKind } from './heartbeat/beat-record.ts';
import type { Evidence, Outcome, StepRun } from './result/contract.ts';
import type { MonitorKind } from './kind/kinds.ts';
import type { MetricTest } from './kind/threshold.ts';
import type { BurnAlert } from './slo/burn.ts';
import type { Trial } from './monitor/contract.ts';
import type { MonitorState } from './verdict/contract.ts';
import type { Repeat } from './maintenance/series-contract.ts';
import type { Question } from './monitor/question.ts';
import type { ProbeLoad } from './location/contract.ts';
import type { Verdict } from './verdict/verdict.ts';

/** The rows of this stage; `check_result`, `latency_bucket` and `latency_block` are written in bulk SQL by `result/` and `latency/`. */
export type MonitorTables = {
  service: {
    workspaceId: string;
    id: string;
    name: string;
    slug: string;
    description: string;
    escalationPolicyId: string | null;
    createdAt: Date;
    archivedAt: Date | null;
  };
  /** `serviceId` needs `dependsOnId` in order to work. */
  serviceDependency: { workspaceId: string; serviceId: string; dependsOnId: string };
  maintenanceWindow: {
    workspaceId: string;
    id: string;
    title: string;
    startsAt: Date;
    endsAt: Date;
    createdAt: Date;
    createdBy: string | null;
    endedAt: Date | null;
    endedBy: string | null;
    seriesId: string | null;
    plannedFor: Date | null;
  };
  maintenanceSeries: {
    workspaceId: string;
    id: string;
    title: string;
    repeat: Repeat;
    timeZone: string;
    durationSeconds: number;
    fromDate: string;
    untilDate: string | null;
    serviceIds: string[];
    monitorIds: string[];
    createdAt: Date;
    createdBy: string | null;
    endedAt: Date | null;
    endedBy: string | null;
    plannedUntil: Date;
    planDueAt: Date;
  };
  maintenanceWindowMonitor: { workspaceId: string; maintenanceWindowId: string; monitorId: string };
  maintenanceWindowService: { workspaceId: string; maintenanceWindowId: string; serviceId: string };
  monitor: {
    workspaceId: string;
    id: string;
    number: Generated<number>;
    kind: MonitorKind;
    name: string;
    serviceId: string;
    url: string | null;
    intervalMs: number;
    timeoutMs: number;
    tags: readonly string[];
    /** Names with / between them; null = in no group. */
    groupPath: string | null;
    confirmFailures: number;
    confirmRecoveries: number;
    /** How many places must agree; null = more than half. */
    confirmLocations: number | null;
    question: Question;
    sealedSecrets: string | null;
    revision: number;
    createdAt: Date;
    updatedAt: Date;
    archivedAt: Date | null;
  };
  monitorStatus: {
    workspaceId: string;
    monitorId: string;
    state: MonitorState;
    since: Date;
    verdict: Verdict;
    settled: boolean;
    certificateExpiresAt: Date | null;
    drillStartedAt: Date | null;
    drillEndsAt: Date | null;
  };
  stateInterval: {
    workspaceId: string;
    id: Generated<number>;
    monitorId: string;
    state: MonitorState;
    startedAt: Date;
    endedAt: Date | null;
    drill: boolean;
  };
  journeyTrial: { workspaceId: string; trial: string; progress: Trial; updatedAt: Generated<Date> };
  checkArtefact: {
    workspaceId: string;
    monitorId: string;
    id: string;
    part: 'picture' | 'trace';
    takenAt: Date;
    bytes: Buffer;
  };
  checkArtefactHold: { workspaceId: string; holder: string; artefactId: string };
  checkFailure: { workspaceId: string; monitorId: string; dueAt: Date; locationId: string; evidence: Evidence };
  checkSteps: {
    workspaceId: string;
    monitorId: string;
    locationId: string;
    dueAt: Date;
    outcome: Outcome;
    totalMs: number;
    /** Written as JSON. */
    steps: ColumnType<readonly StepRun[], string, string>;
  };
  vantage: {
    workspaceId: string;
    monitorId: string;
    /** `home` is this installation. */
    locationId: string;
    number: Generated<number>;
    state: Verdict['state'];
    since: Date;
    verdict: Verdict;
    settled: boolean;
    removedAt: Date | null;
  };
  location: {
    workspaceId: string;
    id: string;
    name: string;
    allowedTargets: readonly string[];
    createdAt: Date;
    archivedAt: Date | null;
  };
  probe: {
    workspaceId: string;
    id: string;
    locationId: string;
    name: string;
    tokenDigest: string;
    createdAt: Date;
    revokedAt: Date | null;
    seenAt: Date | null;
    version: string | null;
    load: ProbeLoad | null;
    lostAt: Date | null;
  };
  heartbeat: {
    workspaceId: string;
    monitorId: string;
    keyDigest: string;
    keySealed: string;
    periodSeconds: number;
    graceSeconds: number;
    cron: string | null;
    timeZone: string | null;
    maxRunSeconds: number | null;
    lastBeatAt: Date | null;
    expectedAt: Date | null;
    dueAt: Date | null;
    /** Written as JSON. */
    runs: ColumnType<readonly Run[], string | undefined, string>;
    lastDurationMs: number | null;
    beatCount: Generated<number>;
  };
  pushedValue: {
    workspaceId: string;
    monitorId: string;
    keyDigest: string;
    keySealed: string;
    periodSeconds: number;
    graceSeconds: number;
    test: MetricTest;
    threshold: number;
    forSeconds: number;
    lastValue: number | null;
    lastValueAt: Date | null;
    heldAt: Date | null;
    brokenSince: Date | null;
    dueAt: Date | null;
    valueCount: Generated<number>;
  };
  previousSenderKey: { workspaceId: string; monitorId: string; keyDigest: string; until: Date };
  /** `number` counts the values of one monitor; only the last ones are kept. */
  pushedValueSample: { workspaceId: string; monitorId: string; number: number; at: Date; value: number };
  /** `number` counts the beats of one heartbeat; only the last ones are kept. */
  heartbeatBeat: {
    workspaceId: string;
    monitorId: string;
    number: number;
    at: Date;
    kind: BeatKind;
    exitCode: number | null;
    durationMs: number | null;
    runId: string | null;
    address: string | null;
    agent: string | null;
    log: string;
  };
  slo: {
    workspaceId: string;
    id: string;
    name: string;
    serviceId: string | null;
    objective: number;
    windowDays: number | null;
    timeZone: string | null;
    /** Written as JSON. */
    alerts: ColumnType<readonly BurnAlert[], string, string>;
    looksBackMinutes: number;
    criticalSince: Date | null;
    warningSince: Date | null;
    createdAt: Date;
    archivedAt: Date | null;
  };
  sloMonitor: { workspaceId: string; sloId: string; monitorId: string };
  configKey: {
    workspaceId: string;
    setName: string;
    section: ConfigSection;
    key: string;
    targetId: string;
    appliedAt: Date;
  };
  probeNode: { id: string; seenAt: Date };
};
