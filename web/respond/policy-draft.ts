import type { EscalationPolicyView, EscalationStepView } from '#respond/contract';
import type { Target } from './targets.ts';

export type StepDraft = Omit<EscalationStepView, 'userIds'>;

/** A policy as the dialog holds it; what a select chooses is text. */
export interface PolicyDraft {
  name: string;
  steps: StepDraft[];
  repeatCount: string;
  acknowledgement: 'one' | 'all';
  /** Seconds, or empty for never. */
  acknowledgeTimeout: string;
  fallback: Target[];
}

export const emptyStep: StepDraft = {
  targets: [],
  ask: 'all',
  delaySeconds: 300,
  untilBusinessHours: false,
  onlyUrgency: null,
  onlyHours: null,
};

/** The draft of a policy, or of a new one that asks whoever makes it. */
export function draftOf(policy: EscalationPolicyView | undefined, userId: string): PolicyDraft {
  if (policy === undefined) {
    const first: StepDraft = { ...emptyStep, targets: [{ kind: 'user', userId }] };
    return { name: '', steps: [first], repeatCount: '2', acknowledgement: 'one', acknowledgeTimeout: '', fallback: [] };
  }
  return {
    name: policy.name,
    steps: policy.steps.map(({ targets, ask, delaySeconds, untilBusinessHours, onlyUrgency, onlyHours }) => ({
      targets,
      ask,
      delaySeconds,
      untilBusinessHours,
      onlyUrgency,
      onlyHours,
    })),
    repeatCount: String(policy.repeatCount),
    acknowledgement: policy.acknowledgement,
    acknowledgeTimeout: String(policy.acknowledgeTimeoutSeconds ?? ''),
    fallback: policy.fallback,
  };
}

/** What is sent. */
export function documentOf({ repeatCount, acknowledgeTimeout, ...rest }: PolicyDraft) {
  return {
    ...rest,
    repeatCount: Number(repeatCount),
    acknowledgeTimeoutSeconds: acknowledgeTimeout === '' ? null : Number(acknowledgeTimeout),
  };
}
