export type EscalationStep = {
  readonly userIds: readonly string[];
  /** How long the step waits for an acknowledgement before the next one begins. */
  readonly delaySeconds: number;
};

/** The part of a policy that a page pins. */
export type PolicyDocument = {
  readonly steps: readonly EscalationStep[];
  /** How often the steps are gone through again; 0 = once in all. */
  readonly repeatCount: number;
};

/** One version of an escalation policy. */
export type EscalationPolicy = PolicyDocument & {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly isDefault: boolean;
  readonly changedAt: Date;
};
