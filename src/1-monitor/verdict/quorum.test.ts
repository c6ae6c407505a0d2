import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeTogether, type Sight, usualQuorum } from './quorum.ts';
import { advance, awaitedVerdict, freshVerdict, giveUpOn, type Verdict } from './verdict.ts';

const at = (state: Sight['state'], sinceMs = 10): Sight => ({ state, sinceMs });
const held = (state: 'up' | 'degraded' | 'down', sinceMs = 0): Verdict => ({
  state,
  known: state,
  sinceMs,
  runs: {},
  unknown: null,
});
const of = (text: string): Sight[] =>
  [...text].map((letter, i) =>
    letter === 'w'
      ? awaitedVerdict(0)
      : at(letter === 'u' ? 'up' : letter === 'd' ? 'down' : letter === 's' ? 'degraded' : 'unknown', 10 + i),
  );

describe('several places', () => {
  it.each([
    // held, what the places say, how many must agree, what becomes of it
    ['up', 'duu', 2, 'up'],
    ['up', 'ddu', 2, 'down'],
    ['up', 'dsu', 2, 'degraded'],
    ['up', 'd??', 2, 'down'],
    ['up', 'du?', 2, 'up'],
    ['up', '???', 2, 'unknown'],
    ['up', 'duuu', 1, 'down'],
    ['up', 'dduu', 3, 'up'],
    ['down', 'dduu', 3, 'down'],
    ['down', 'duuu', 3, 'up'],
    ['down', 'du', 2, 'down'],
    ['up', 'du', 2, 'up'],
    ['down', 'uu', 2, 'up'],
    ['down', 'sss', 2, 'degraded'],
    ['degraded', 'ssu', 2, 'degraded'],
    ['degraded', 'suu', 2, 'up'],
  ] as const)('that was %s and now is seen as %s is, with %d needed, %s', (was, seen, needed, becomes) => {
    expect(judgeTogether(held(was), of(seen), needed).state).toBe(becomes);
  });

  it('begin a state with the place that completed the quorum, and never before the state it ends', () => {
    const seen = [at('down', 30), at('down', 20), at('up', 5)];
    expect(judgeTogether(held('up', 0), seen, 2).sinceMs).toBe(30);
    expect(judgeTogether(held('up', 40), seen, 2).sinceMs).toBe(40);
  });

  it.each([
    // held, what the places say (w: its first word is awaited), how many must agree, what becomes of it
    [null, 'dww', 2, 'unknown'],
    [null, 'ddw', 2, 'down'],
    [null, 'dw?', 2, 'unknown'],
    [null, 'd??', 2, 'down'],
    [null, 'sww', 2, 'unknown'],
    [null, 'uww', 2, 'up'],
    [null, 'dww', 1, 'down'],
    [null, 'www', 2, 'unknown'],
    ['up', 'dww', 2, 'up'],
    ['down', 'uww', 2, 'down'],
    ['down', 'uuw', 2, 'up'],
  ] as const)('that was %s and now is seen as %s is, with %d needed, %s', (was, seen, needed, becomes) => {
    const before = was === null ? freshVerdict(0) : held(was);
    expect(judgeTogether(before, of(seen), needed).state).toBe(becomes);
  });

  it('take the first answer that any of them has', () => {
    expect(judgeTogether(freshVerdict(0), of('u??'), 2)).toMatchObject({ state: 'up', known: 'up' });
  });

  it('come back to what was known when somebody can tell again', () => {
    const lost = judgeTogether(held('down', 3), of('??'), 1);
    expect(lost).toMatchObject({ state: 'unknown', known: 'down' });
    expect(judgeTogether(lost, of('d?'), 1).state).toBe('down');
  });
});

const sights = fc.array(
  fc.record({ state: fc.constantFrom('up', 'degraded', 'down', 'unknown' as const), sinceMs: fc.nat(1_000) }),
  { minLength: 1, maxLength: 9 },
) as fc.Arbitrary<Sight[]>;
const anyHeld = fc.constantFrom(held('up'), held('degraded'), held('down'), freshVerdict(0));

describe('whatever the places say', () => {
  it('the order in which they are asked does not matter, and asking twice changes nothing', () => {
    fc.assert(
      fc.property(anyHeld, sights, fc.integer({ min: 1, max: 9 }), (before, seen, needed) => {
        const once = judgeTogether(before, seen, needed);
        expect(judgeTogether(before, seen.toReversed(), needed)).toEqual(once);
        expect(judgeTogether(once, seen, needed).state).toBe(once.state);
      }),
    );
  });

  it('an even split changes nothing when a majority is needed', () => {
    fc.assert(
      fc.property(fc.constantFrom('up', 'down' as const), fc.integer({ min: 1, max: 5 }), (was, half) => {
        const split = [...of('u'.repeat(half)), ...of('d'.repeat(half))];
        expect(judgeTogether(held(was as 'up'), split, usualQuorum(half * 2)).state).toBe(was);
      }),
    );
  });

  it('it is down only when as many as needed say so, and unknown only when nobody can tell', () => {
    fc.assert(
      fc.property(sights, fc.integer({ min: 1, max: 9 }), (seen, needed) => {
        const { state } = judgeTogether(held('up'), seen, needed);
        const voices = seen.filter((one) => one.state !== 'unknown');
        expect(state === 'unknown').toBe(voices.length === 0);
        const downs = voices.filter((one) => one.state === 'down').length;
        expect(state === 'down').toBe(voices.length > 0 && downs >= Math.min(needed, voices.length));
      }),
    );
  });

  it('one place that comes and goes does not make the whole flap', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 30 }), fc.integer({ min: 3, max: 7 }), (turns, places) => {
        let verdict = held('up');
        let changes = 0;
        for (const isDown of turns) {
          const seen = [at(isDown ? 'down' : 'up'), ...Array.from({ length: places - 1 }, () => at('up'))];
          const next = judgeTogether(verdict, seen, usualQuorum(places));
          if (next.state !== verdict.state) changes += 1;
          verdict = next;
        }
        expect(changes).toBe(0);
      }),
    );
  });

  it('no fault is said before so many have spoken as it takes, in whatever order they do', () => {
    const words = fc.array(fc.constantFrom('up', 'degraded', 'down' as const), { minLength: 2, maxLength: 9 });
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 9 }), anyHeld, (said, needed, before) => {
        const places: Verdict[] = said.map(() => awaitedVerdict(0));
        let whole = before;
        const along = said.map((outcome, n) => {
          places[n] = advance(places[n] ?? awaitedVerdict(0), { outcome, atMs: n + 1 }, { failures: 1, recoveries: 1 });
          whole = judgeTogether(whole, places, needed);
          return whole.state;
        });
        const quorum = Math.min(needed, said.length);
        const count = (upTo: number, bad: readonly string[]) =>
          said.slice(0, upTo + 1).filter((one) => bad.includes(one)).length;
        for (const [n, state] of along.entries()) {
          if (state === 'down' && before.known !== 'down') expect(count(n, ['down'])).toBeGreaterThanOrEqual(quorum);
          if (state === 'degraded' && before.known !== 'degraded' && before.known !== 'down')
            expect(count(n, ['down', 'degraded'])).toBeGreaterThanOrEqual(quorum);
        }
      }),
    );
  });

  it('once all have spoken, nobody is awaited; and whom nobody awaits any more holds nothing up', () => {
    fc.assert(
      fc.property(sights, sights, fc.integer({ min: 1, max: 9 }), anyHeld, (seen, silent, needed, before) => {
        const lost = silent.map(({ sinceMs }) => giveUpOn(awaitedVerdict(sinceMs)));
        const spoken = seen.filter(({ state }) => state !== 'unknown');
        fc.pre(spoken.length > 0);
        expect(judgeTogether(before, [...spoken, ...lost], needed)).toEqual(judgeTogether(before, spoken, needed));
      }),
    );
  });
});
