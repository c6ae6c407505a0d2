import type { IncidentState } from './contract.ts';

export type Act =
  | 'accept'
  | 'decline'
  | 'mitigate'
  | 'resolve'
  | 'resolve-by-itself'
  | 'reopen'
  | 'relapse'
  | 'stand-down'
  | 'close';

type Step = { readonly from: readonly IncidentState[]; readonly to: IncidentState };

/** suspected → active → mitigated → resolved → closed; declined is final; reopening leads back to active. */
const STEPS: Readonly<Record<Act, Step>> = {
  accept: { from: ['suspected'], to: 'active' },
  decline: { from: ['suspected', 'active', 'mitigated'], to: 'declined' },
  mitigate: { from: ['active'], to: 'mitigated' },
  resolve: { from: ['active', 'mitigated'], to: 'resolved' },
  'resolve-by-itself': { from: ['suspected', 'active', 'mitigated'], to: 'resolved' },
  relapse: { from: ['mitigated'], to: 'active' },
  reopen: { from: ['resolved', 'closed'], to: 'active' },
  'stand-down': { from: ['resolved'], to: 'resolved' },
  close: { from: ['resolved'], to: 'closed' },
};

const DONE: Readonly<Record<Act, string>> = {
  accept: 'accepted',
  decline: 'declined',
  mitigate: 'mitigated',
  resolve: 'resolved',
  'resolve-by-itself': 'resolved',
  relapse: 'taken back to active',
  reopen: 'reopened',
  'stand-down': 'stood down',
  close: 'closed',
};

export type Move = { readonly ok: true; readonly to: IncidentState } | { readonly ok: false; readonly message: string };

/** Whether an act is possible in a state, and where it leads; a refusal says what is possible instead. */
export function move(from: IncidentState, act: Act): Move {
  const step = STEPS[act];
  if (step.from.includes(from)) return { ok: true, to: step.to };
  return { ok: false, message: `An incident that is ${from} cannot be ${DONE[act]}. ${hint(from)}` };
}

function hint(from: IncidentState): string {
  switch (from) {
    case 'suspected':
      return 'Accept it first, or decline it.';
    case 'active':
      return 'It can be mitigated, resolved or declined.';
    case 'mitigated':
      return 'It can be resolved or declined.';
    case 'resolved':
      return 'It can be stood down, closed or reopened.';
    case 'closed':
      return 'It can only be reopened.';
    case 'declined':
      return 'A declined incident stays declined; declare a new one.';
    default:
      return from satisfies never;
  }
}

/** Suspected, active or mitigated: somebody still has to do something about it. */
export function isOpen(state: IncidentState): boolean {
  return state === 'suspected' || state === 'active' || state === 'mitigated';
}
