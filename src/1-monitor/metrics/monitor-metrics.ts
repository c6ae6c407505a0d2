import { DAY_MS } from '#kernel/duration.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import type { Labels, MetricFamily } from '#platform/metrics.ts';
import { readRunning } from '../maintenance/running.ts';
import { type MonitorRecord, selectMonitorPage } from '../monitor/store.ts';
import type { MonitorState } from '../verdict/contract.ts';
import { checkCountsOf } from './check-counts.ts';
import { plainLabel } from './plain-label.ts';
import { type LastCheck, selectLastChecks } from './store.ts';

/** More than this many would be a burden for whoever scrapes; how many were left out is said. */
const MOST_MONITORS = 5_000;
const STATES: readonly MonitorState[] = ['up', 'degraded', 'down', 'unknown', 'paused'];
const UP: Record<MonitorState, number> = { up: 1, degraded: 1, down: 0, unknown: Number.NaN, paused: Number.NaN };

type Subject = {
  readonly record: MonitorRecord;
  readonly labels: Labels;
  readonly last: LastCheck | undefined;
};

/** What is known of each monitor of the workspace. Drills are left out: it is the real state that counts. */
export async function monitorMetrics(ctx: Ctx, system: System): Promise<readonly MetricFamily[]> {
  const all = await selectMonitorPage(ctx, {}, null, MOST_MONITORS + 1);
  const records = all.slice(0, MOST_MONITORS);
  const longestMs = Math.max(DAY_MS, ...records.map(({ intervalMs }) => 2 * intervalMs));
  const numbers = records.map(({ shownNumber }) => shownNumber);
  const last = await selectLastChecks(ctx, numbers, new Date(ctx.now.getTime() - longestMs));
  const running = await readRunning(ctx);
  const subjects = records.map((record): Subject => ({
    record,
    labels: {
      id: record.id,
      name: plainLabel(record.name),
      kind: record.kind,
      service: plainLabel(record.serviceName),
    },
    last: last.get(record.shownNumber),
  }));
  const gauge = (
    name: string,
    help: string,
    valueOf: (subject: Subject) => number | null | undefined,
  ): MetricFamily => ({
    name,
    help,
    type: 'gauge',
    samples: subjects.map((subject) => ({ labels: subject.labels, value: valueOf(subject) ?? Number.NaN })),
  });
  const secondsOf = (at: Date | null | undefined) => (at ? at.getTime() / 1_000 : null);
  return [
    {
      name: 'allclear_monitors_left_out',
      help: `Whether there are more than ${MOST_MONITORS} monitors, the rest of which is not told here.`,
      type: 'gauge',
      samples: [{ value: all.length > MOST_MONITORS ? 1 : 0 }],
    },
    gauge(
      'allclear_monitor_up',
      '1 = up or degraded, 0 = down; absent while unknown or paused.',
      ({ record }) => UP[record.state],
    ),
    {
      name: 'allclear_monitor_state',
      help: '1 for the state that the monitor is in, 0 for the others.',
      type: 'gauge',
      samples: subjects.flatMap(({ record, labels }) =>
        STATES.map((state) => ({ labels: { ...labels, state }, value: record.state === state ? 1 : 0 })),
      ),
    },
    gauge(
      'allclear_monitor_maintenance',
      '1 while a maintenance window that names it or its service runs.',
      ({ record }) => (running.ofMonitor(record) === null ? 0 : 1),
    ),
    gauge('allclear_monitor_response_seconds', 'How long the last check took in all.', ({ last: check }) =>
      check === undefined ? null : check.totalMs / 1_000,
    ),
    {
      name: 'allclear_monitor_phase_seconds',
      help: 'How long the phases of the last check took, as far as it got.',
      type: 'gauge',
      samples: subjects.flatMap(({ labels, last: check }) =>
        Object.entries(check?.phases ?? {}).map(([phase, ms]) => ({
          labels: { ...labels, phase },
          value: ms === null ? Number.NaN : ms / 1_000,
        })),
      ),
    },
    gauge('allclear_monitor_last_check_timestamp_seconds', 'When the last stored check was due.', ({ last: check }) =>
      secondsOf(check?.dueAt),
    ),
    gauge(
      'allclear_monitor_certificate_expiry_timestamp_seconds',
      'When the certificate of the target ends.',
      ({ record }) => secondsOf(record.kind === 'domain' ? null : record.certificateExpiresAt),
    ),
    gauge(
      'allclear_monitor_domain_expiry_timestamp_seconds',
      'When the registration of the domain ends.',
      ({ record }) => secondsOf(record.kind === 'domain' ? record.certificateExpiresAt : null),
    ),
    gauge('allclear_heartbeat_last_beat_timestamp_seconds', 'When the last beat came.', ({ record }) =>
      secondsOf(record.lastBeatAt),
    ),
    {
      name: 'allclear_monitor_checks_total',
      help: 'Checks that this process has stored since it started, by outcome.',
      type: 'counter',
      samples: subjects.flatMap(({ record, labels }) =>
        Object.entries(checkCountsOf(system, record.id) ?? {}).map(([outcome, value]) => ({
          labels: { ...labels, outcome },
          value,
        })),
      ),
    },
  ];
}
