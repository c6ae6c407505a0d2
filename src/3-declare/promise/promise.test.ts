import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Clock, keep, look, nextLook, type PromiseLevel, waive } from './promise.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 25, 10) + minutes * 60_000);

function clockOf(promptAt: number | null, warnAt: number | null, dueAt: number): Clock {
  return {
    promptAt: promptAt === null ? null : at(promptAt),
    warnAt: warnAt === null ? null : at(warnAt),
    dueAt: at(dueAt),
    told: null,
    state: 'pending',
    settledAt: null,
  };
}

const anyClock = fc
  .tuple(
    fc.option(fc.integer({ min: -30, max: 60 })),
    fc.option(fc.integer({ min: -30, max: 60 })),
    fc.integer({ min: -30, max: 60 }),
  )
  .map(([a, b, c]) =>
    clockOf(a === null ? null : Math.min(a, c), b === null ? null : Math.min(Math.max(a ?? b, b), c), c),
  );
const anyLooks = fc
  .array(fc.integer({ min: -40, max: 120 }), { maxLength: 40 })
  .map((all) => all.toSorted((a, b) => a - b));
const RANK = { prompt: 1, warn: 2, broken: 3 };

/** Looks at a promise at each minute in turn and returns what was told. */
function watch(clock: Clock, minutes: readonly number[]) {
  const told: PromiseLevel[] = [];
  let now = clock;
  for (const minute of minutes) {
    const { tell, after } = look(now, at(minute));
    if (tell) told.push(tell);
    now = after;
  }
  return { told, clock: now };
}

describe('a promise', () => {
  it('prompts, warns and breaks at its times', () => {
    const { told, clock } = watch(clockOf(5, 10, 15), [4, 5, 6, 9, 10, 14, 15, 16]);
    expect(told).toEqual(['prompt', 'warn', 'broken']);
    expect(clock.state).toBe('broken');
  });

  it('that nobody looked at for an hour breaks once, and prompts for nothing that is overtaken', () => {
    expect(watch(clockOf(5, 10, 15), [60, 61]).told).toEqual(['broken']);
  });

  it('is kept before its due time, and broken from then on', () => {
    expect(keep(clockOf(5, 10, 15), at(14))).toMatchObject({ state: 'kept', settledAt: at(14) });
    expect(keep(clockOf(5, 10, 15), at(15)).state).toBe('broken');
  });

  it('kept late stays broken, and says when it was settled', () => {
    const broken = watch(clockOf(5, 10, 15), [20]).clock;
    expect(keep(broken, at(22))).toMatchObject({ state: 'broken', settledAt: at(22) });
  });

  it('is waived without being kept; what was broken before stays broken', () => {
    expect(waive(clockOf(5, 10, 15), at(7)).state).toBe('waived');
    expect(waive(watch(clockOf(5, 10, 15), [20]).clock, at(22))).toMatchObject({ state: 'broken', settledAt: at(22) });
  });
});

describe('the laws of promises', () => {
  it('each level is told at most once, and levels only rise', () => {
    fc.assert(
      fc.property(anyClock, anyLooks, (clock, looks) => {
        const ranks = watch(clock, looks).told.map((level) => RANK[level]);
        expect(ranks).toEqual([...new Set(ranks)].toSorted((a, b) => a - b));
      }),
    );
  });

  it('a promise that is never kept is broken by any look from its due time on', () => {
    fc.assert(
      fc.property(anyClock, anyLooks, fc.integer({ min: 0, max: 60 }), (clock, looks, later) => {
        const end = look(watch(clock, looks).clock, new Date(clock.dueAt.getTime() + later * 60_000)).after;
        expect(end.state).toBe('broken');
        expect(nextLook(end)).toBeNull();
      }),
    );
  });

  it('once settled, nothing is told and nothing changes', () => {
    fc.assert(
      fc.property(anyClock, anyLooks, anyLooks, fc.boolean(), (clock, before, after, isKept) => {
        const settleAt = at(before.at(-1) ?? 0);
        const seen = watch(clock, before).clock;
        const settled = isKept ? keep(seen, settleAt) : waive(seen, settleAt);
        expect(watch(settled, after)).toEqual({ told: [], clock: settled });
        expect(keep(settled, at(200))).toEqual(settled);
        expect(nextLook(settled)).toBeNull();
      }),
    );
  });

  it('is kept exactly when it was settled before its due time', () => {
    fc.assert(
      fc.property(anyClock, anyLooks, (clock, looks) => {
        const when = at(looks.at(-1) ?? 0);
        expect(keep(watch(clock, looks).clock, when).state === 'kept').toBe(when < clock.dueAt);
      }),
    );
  });

  it('looking only at the times it names tells the same last level as looking all the time', () => {
    fc.assert(
      fc.property(anyClock, (clock) => {
        const told: PromiseLevel[] = [];
        let now = clock;
        for (let time = nextLook(now); time !== null; time = nextLook(now)) {
          const { tell, after } = look(now, time);
          expect(tell).not.toBeNull();
          if (tell) told.push(tell);
          now = after;
        }
        expect(told.at(-1)).toBe('broken');
        expect(now.state).toBe('broken');
      }),
    );
  });
});
