import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, type AppliedEntry } from './apply.ts';
import type { Incident } from './incident.ts';
import { type Act, move } from './lifecycle.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 25, 10) + minutes * 60_000);

type Change = { readonly type: AppliedEntry['type']; readonly data: object };

function entry(seq: number, change: Change, by: string | null = null): AppliedEntry {
  return {
    incidentId: 'inc_1',
    workspaceId: 'ws_1',
    seq,
    text: '',
    actorUserId: by,
    occurredAt: at(seq),
    type: change.type,
    data: change.data as Record<string, unknown>,
  };
}

const DECLARED = {
  type: 'declared',
  data: {
    number: 7,
    title: 'Checkout is down',
    severity: 'SEV2',
    severityConfirmed: true,
    severityPolicyVersion: 1,
    kind: 'real',
    automatic: true,
    suspected: false,
    customerFacing: true,
    serviceIds: ['svc_1'],
    alertIds: [],
    impactStartedAt: at(-5).toISOString(),
    detectedAt: at(-3).toISOString(),
  },
} as const;
const RESOLVED = { type: 'resolved', data: { automatic: false, confirmedImpaired: [], skipPostReason: null } } as const;
const REOPENED = { type: 'reopened', data: { reason: 'it is back' } } as const;
const MITIGATED = { type: 'mitigated', data: {} } as const;

function replay(...changes: Change[]): Incident {
  return changes.reduce<Incident | null>((state, change, i) => apply(state, entry(i + 1, change)), null) as Incident;
}

describe('applying the timeline to an incident', () => {
  it('was detected when the earliest of its alerts was seen, and began no later', () => {
    const alerts = { alertIds: ['alt_1'], serviceIds: ['svc_2'] };
    const same = replay(DECLARED, { type: 'alerts', data: alerts });
    expect(same).toMatchObject({ detectedAt: at(-3), impactStartedAt: at(-5), serviceIds: ['svc_1', 'svc_2'] });
    const times = { detectedAt: at(-9).toISOString(), impactStartedAt: at(-10).toISOString() };
    const moved = replay(DECLARED, { type: 'alerts', data: { ...alerts, ...times } });
    expect(moved).toMatchObject({ detectedAt: at(-9), impactStartedAt: at(-10), declaredAt: at(1) });
    expect(moved.impact).toEqual([{ startedAt: at(-10), endedAt: null }]);
  });

  it('tells apart when it began, when it was detected and when it was declared', () => {
    const incident = replay(DECLARED);
    expect(incident).toMatchObject({
      reference: 'INC-7',
      state: 'active',
      impactStartedAt: at(-5),
      detectedAt: at(-3),
      declaredAt: at(1),
      acceptedAt: at(1),
    });
  });

  it('ends the impact when it is mitigated, and not again when it is resolved', () => {
    expect(replay(DECLARED, MITIGATED, RESOLVED)).toMatchObject({
      mitigatedAt: at(2),
      resolvedAt: at(3),
      impact: [{ startedAt: at(-5), endedAt: at(2) }],
    });
  });

  it('counts resolving without mitigating as both', () => {
    expect(replay(DECLARED, RESOLVED)).toMatchObject({ state: 'resolved', mitigatedAt: at(2), resolvedAt: at(2) });
  });

  it('reopens as the same incident with a new stretch of impact', () => {
    expect(replay(DECLARED, RESOLVED, REOPENED)).toMatchObject({
      reference: 'INC-7',
      state: 'active',
      mitigatedAt: null,
      resolvedAt: null,
      reopenedCount: 1,
      impact: [
        { startedAt: at(-5), endedAt: at(2) },
        { startedAt: at(3), endedAt: null },
      ],
    });
  });

  it('has at most one holder of a role, and none after stand-down', () => {
    const taken = replay(
      DECLARED,
      { type: 'role', data: { role: 'incident-commander', userId: 'usr_a', previousUserId: null } },
      { type: 'role', data: { role: 'incident-commander', userId: 'usr_b', previousUserId: 'usr_a' } },
    );
    expect(taken.roles).toEqual({ 'incident-commander': 'usr_b' });
    expect(taken.rolesSince).toEqual({ 'incident-commander': at(3) });
    expect(replay(DECLARED, RESOLVED, { type: 'stood-down', data: { postmortemOwnerId: 'usr_a' } })).toMatchObject({
      roles: {},
      postmortemOwnerId: 'usr_a',
    });
  });

  it('is touched by any entry of a person, a note included', () => {
    const declared = apply(null, entry(1, DECLARED));
    expect(declared.touched).toBe(false);
    expect(apply(declared, entry(2, { type: 'note', data: {} })).touched).toBe(false);
    expect(apply(declared, entry(2, { type: 'note', data: {} }, 'usr_a')).touched).toBe(true);
  });

  it('refuses a gap in the timeline and a beginning that is none', () => {
    expect(() => apply(null, entry(1, MITIGATED))).toThrow('begins with mitigated');
    expect(() => apply(replay(DECLARED), entry(3, MITIGATED))).toThrow('entry 3 after 1');
  });
});

const MOVES: Partial<Record<Act, Change>> = {
  mitigate: MITIGATED,
  resolve: RESOLVED,
  reopen: REOPENED,
  relapse: REOPENED,
  close: { type: 'closed', data: {} },
};

describe('the laws of impact', () => {
  it('stretches are in order, never overlap, and the last is open exactly while the incident is active', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...(Object.keys(MOVES) as Act[])), { maxLength: 30 }), (acts) => {
        let incident = replay(DECLARED);
        for (const act of acts) {
          const change = MOVES[act];
          if (!change || !move(incident.state, act).ok) continue;
          incident = apply(incident, entry(incident.seq + 1, change));
        }
        const { impact } = incident;
        impact.forEach(({ startedAt, endedAt }, i) => {
          const isLast = i === impact.length - 1;
          expect(endedAt === null).toBe(isLast && incident.state === 'active');
          if (endedAt !== null) expect(endedAt >= startedAt).toBe(true);
          const next = impact[i + 1];
          if (next && endedAt !== null) expect(next.startedAt >= endedAt).toBe(true);
        });
        expect(impact).toHaveLength(incident.reopenedCount + 1);
      }),
    );
  });
});
