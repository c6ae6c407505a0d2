import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incidentState } from './contract.ts';
import { type Act, isOpen, move } from './lifecycle.ts';

const ACTS = [
  'accept',
  'decline',
  'mitigate',
  'resolve',
  'resolve-by-itself',
  'reopen',
  'relapse',
  'stand-down',
  'close',
] as const satisfies readonly Act[];

describe('the lifecycle of an incident', () => {
  it('knows exactly these steps', () => {
    const steps = incidentState.options.flatMap((from) =>
      ACTS.flatMap((act) => {
        const step = move(from, act);
        return step.ok ? [`${from} ${act} ${step.to}`] : [];
      }),
    );
    expect(steps).toEqual([
      'suspected accept active',
      'suspected decline declined',
      'suspected resolve-by-itself resolved',
      'active decline declined',
      'active mitigate mitigated',
      'active resolve resolved',
      'active resolve-by-itself resolved',
      'mitigated decline declined',
      'mitigated resolve resolved',
      'mitigated resolve-by-itself resolved',
      'mitigated relapse active',
      'resolved reopen active',
      'resolved stand-down resolved',
      'resolved close closed',
      'closed reopen active',
    ]);
  });

  it('says of every refusal what is possible instead', () => {
    for (const from of incidentState.options) {
      for (const act of ACTS) {
        const step = move(from, act);
        if (!step.ok) expect(step.message).toMatch(new RegExp(`^An incident that is ${from} cannot be .+\\. .+\\.$`));
      }
    }
  });

  it('leads out of declined by no sequence of acts', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ACTS)), (acts) => {
        expect(acts.every((act) => !move('declined', act).ok)).toBe(true);
      }),
    );
  });

  it('leads from every open state to an end', () => {
    for (const state of incidentState.options.filter(isOpen)) {
      expect(
        ACTS.some((act) => {
          const step = move(state, act);
          return step.ok && !isOpen(step.to);
        }),
      ).toBe(true);
    }
  });
});
