import type { Severity, SeverityLevel } from './contract.ts';

/** The rules of an organisation: what each severity means and sets off. */
export type SeverityPolicy = {
  readonly version: number;
  /** Gravest first. */
  readonly levels: readonly SeverityLevel[];
  readonly defaultSeverity: Severity;
  readonly changedAt: Date | null;
  readonly changedBy: string | null;
};

const MINUTE = 60;

/** What a fresh workspace starts with. */
export const DEFAULT_LEVELS: readonly SeverityLevel[] = [
  {
    severity: 'SEV1',
    name: 'Critical',
    criteria: 'Full outage, or critical data loss, that affects many customers.',
    page: 'now',
    allHands: true,
    firstUpdateSeconds: { prompt: 5 * MINUTE, warn: 10 * MINUTE, due: 15 * MINUTE },
    updateEverySeconds: { promise: 15 * MINUTE, promptBefore: 5 * MINUTE },
    clocksStopOutsideHours: false,
    postmortemRequired: true,
  },
  {
    severity: 'SEV2',
    name: 'Major',
    criteria: 'A major feature is broken, customers are hit significantly, or revenue is at risk.',
    page: 'now',
    allHands: false,
    firstUpdateSeconds: { prompt: 5 * MINUTE, warn: 10 * MINUTE, due: 30 * MINUTE },
    updateEverySeconds: { promise: 30 * MINUTE, promptBefore: 15 * MINUTE },
    clocksStopOutsideHours: false,
    postmortemRequired: true,
  },
  {
    severity: 'SEV3',
    name: 'Minor',
    criteria: 'Partial impact with a workaround and no immediate risk to revenue.',
    page: 'business-hours',
    allHands: false,
    firstUpdateSeconds: { prompt: 5 * MINUTE, warn: 10 * MINUTE, due: 30 * MINUTE },
    updateEverySeconds: { promise: 30 * MINUTE, promptBefore: 15 * MINUTE },
    clocksStopOutsideHours: true,
    postmortemRequired: false,
  },
  {
    severity: 'SEV4',
    name: 'Low',
    criteria: 'A minor matter, internal only, or an impact that was planned or expected.',
    page: 'none',
    allHands: false,
    firstUpdateSeconds: null,
    updateEverySeconds: null,
    clocksStopOutsideHours: true,
    postmortemRequired: false,
  },
];

export const DEFAULT_POLICY: SeverityPolicy = {
  version: 1,
  levels: DEFAULT_LEVELS,
  defaultSeverity: 'SEV3',
  changedAt: null,
  changedBy: null,
};

/** Whether `to` is graver than `from`: SEV1 is the gravest. */
export function isRaised(from: Severity, to: Severity): boolean {
  return to < from;
}

/** The level of a severity; every policy has all four. */
export function levelIn(policy: SeverityPolicy, severity: Severity): SeverityLevel {
  const level = policy.levels.find((one) => one.severity === severity);
  if (!level) throw new Error(`Invariant broken: severity policy ${policy.version} has no ${severity}`);
  return level;
}

/** When clocks that stop outside business hours may run: the instant itself, or the next opening. */
export type Opening = (instant: Date) => Date;
