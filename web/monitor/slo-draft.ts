import type { BurnAlertView, Slo } from '#monitor/contract';
import { readLength, writeLength } from './length.ts';

/** One alert as it is typed. */
export interface BurnDraft {
  key: number;
  burnRate: string;
  long: string;
  short: string;
  severity: BurnAlertView['severity'];
}

export interface SloDraft {
  name: string;
  on: 'service' | 'monitors';
  serviceId: string;
  monitorIds: string[];
  objective: string;
  /** `30` days, or `month`. */
  window: string;
  timeZone: string;
  alerts: BurnDraft[];
}

const USUAL: readonly BurnAlertView[] = [
  { longMinutes: 60, shortMinutes: 5, burnRate: 14.4, severity: 'critical' },
  { longMinutes: 360, shortMinutes: 30, burnRate: 6, severity: 'critical' },
  { longMinutes: 4_320, shortMinutes: 360, burnRate: 1, severity: 'warning' },
];

const draftOfAlert = (alert: BurnAlertView, key: number): BurnDraft => ({
  key,
  burnRate: String(alert.burnRate),
  long: writeLength(alert.longMinutes * 60),
  short: writeLength(alert.shortMinutes * 60),
  severity: alert.severity,
});

export function draftOfSlo(slo: Slo | undefined, timeZone: string): SloDraft {
  return {
    name: slo?.name ?? '',
    on: slo !== undefined && slo.serviceId === null ? 'monitors' : 'service',
    serviceId: slo?.serviceId ?? '',
    monitorIds: slo?.monitorIds ?? [],
    objective: String(slo?.objective ?? 99.9),
    window: slo?.window.kind === 'month' ? 'month' : String(slo?.window.days ?? 30),
    timeZone: slo?.window.kind === 'month' ? slo.window.timeZone : timeZone,
    alerts: (slo?.alerts ?? USUAL).map(draftOfAlert),
  };
}

const minutesOf = (text: string) => Math.round((readLength(text) ?? 0) / 60);

/** What cannot be sent, beside its field. */
export function refuseSlo(draft: SloDraft): Partial<Record<keyof SloDraft, string>> {
  const objective = Number(draft.objective.replace(',', '.'));
  const bad = draft.alerts.some(
    ({ burnRate, long, short }) => !(Number(burnRate) > 0) || readLength(long) === null || readLength(short) === null,
  );
  return {
    ...(draft.name.trim() === '' ? { name: 'Give it a name.' } : {}),
    ...(draft.on === 'service' && draft.serviceId === '' ? { serviceId: 'Choose a service.' } : {}),
    ...(draft.on === 'monitors' && draft.monitorIds.length === 0 ? { monitorIds: 'Choose at least one monitor.' } : {}),
    ...(objective >= 50 && objective <= 99.999 ? {} : { objective: 'A percentage from 50 to 99.999, such as 99.9' }),
    ...(bad ? { alerts: 'Each alert needs a rate above 0 and two lengths, such as 1 h and 5 min.' } : {}),
  };
}

export function bodyOfSlo(draft: SloDraft) {
  const days = Number(draft.window) as 7 | 28 | 30 | 90;
  return {
    name: draft.name,
    serviceId: draft.on === 'service' ? draft.serviceId : null,
    monitorIds: draft.on === 'monitors' ? draft.monitorIds : [],
    objective: Number(draft.objective.replace(',', '.')),
    window:
      draft.window === 'month'
        ? { kind: 'month' as const, timeZone: draft.timeZone }
        : { kind: 'rolling' as const, days },
    alerts: draft.alerts.map(({ burnRate, long, short, severity }) => ({
      burnRate: Number(burnRate),
      longMinutes: minutesOf(long),
      shortMinutes: minutesOf(short),
      severity,
    })),
  };
}
