import { describe, expect, it } from 'vitest';
import { DAY_MS } from '#kernel/duration.ts';
import { nextOnCall, onCallAt, participantsOf, whatComes } from './on-call.ts';
import { personShifts } from './person-shifts.ts';
import { refuseSchedule } from './refuse-schedule.ts';
import type { Layer, Override, Roster, ScheduleVersion, Turn } from './schedule.ts';
import { finalShifts, layerShifts } from './shifts.ts';

const BERLIN = 'Europe/Berlin';

const turns = (...people: readonly string[]): Turn[] =>
  people.map((names) => ({ userIds: names === '' ? [] : names.split('+') }));
const layer = (change: Partial<Layer> = {}): Layer => ({
  name: 'Primary',
  shadow: false,
  beginsAt: '2026-01-05T09:00',
  rotation: { kind: 'daily', every: 1 },
  turns: turns('ann', 'bob'),
  restrictions: [],
  whenAway: 'leave-open',
  ...change,
});
const version = (change: Partial<ScheduleVersion> = {}): ScheduleVersion => ({
  version: 1,
  name: 'Primary',
  effectiveFromMs: 0,
  timeZone: BERLIN,
  layers: [layer()],
  ...change,
});
const roster = (change: Partial<Roster> = {}): Roster => ({
  versions: [version()],
  overrides: [],
  absences: [],
  ...change,
});
const at = (text: string) => Date.parse(text);
const span = (from: string, to: string) => ({ startMs: at(from), endMs: at(to) });
const people = (who: Roster, text: string) => onCallAt(who, at(text)).userIds.join('+');

/** `2026-03-29T03:00+02:00 ann`, for each shift of a layer that begins in a span, by its own clock. */
const handOffs = (one: Layer, zone: string, from: string, to: string) =>
  layerShifts(one, 0, zone, span(from, to))
    .filter(({ startMs }) => startMs > at(from))
    .map(({ startMs, userIds }) => {
      const shown = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(zone);
      return `${shown.toPlainDateTime().toString({ smallestUnit: 'minute' })}${shown.offset} ${userIds.join('+')}`;
    });

describe('hand-offs when the clock changes', () => {
  it.each([
    [
      'inside the hour that does not come: at the first instant after it',
      layer({ beginsAt: '2026-03-01T02:30' }),
      BERLIN,
      ['2026-03-28T00:00Z', '2026-03-30T12:00Z'],
      ['2026-03-28T02:30+01:00 bob', '2026-03-29T03:00+02:00 ann', '2026-03-30T02:30+02:00 bob'],
    ],
    [
      'inside the hour that comes twice: at the first of the two',
      layer({ beginsAt: '2026-10-01T02:30' }),
      BERLIN,
      ['2026-10-23T12:00Z', '2026-10-26T12:00Z'],
      ['2026-10-24T02:30+02:00 bob', '2026-10-25T02:30+02:00 ann', '2026-10-26T02:30+01:00 bob'],
    ],
    [
      'at 09:00 on both sides, so that the shift is 23 hours long',
      layer({ beginsAt: '2026-03-01T09:00' }),
      BERLIN,
      ['2026-03-28T00:00Z', '2026-03-29T12:00Z'],
      ['2026-03-28T09:00+01:00 bob', '2026-03-29T09:00+02:00 ann'],
    ],
    [
      'every hour: none is missing and none comes twice',
      layer({ beginsAt: '2026-03-01T00:00', rotation: { kind: 'hourly', every: 1 } }),
      BERLIN,
      ['2026-03-29T00:30Z', '2026-03-29T02:30Z'],
      ['2026-03-29T03:00+02:00 bob', '2026-03-29T04:00+02:00 ann'],
    ],
    [
      'by half an hour on Lord Howe',
      layer({ beginsAt: '2026-10-01T02:15' }),
      'Australia/Lord_Howe',
      ['2026-10-02T18:00Z', '2026-10-05T00:00Z'],
      ['2026-10-04T02:30+11:00 bob', '2026-10-05T02:15+11:00 ann'],
    ],
    [
      'by two hours at Troll',
      layer({ beginsAt: '2026-03-01T02:00' }),
      'Antarctica/Troll',
      ['2026-03-28T12:00Z', '2026-03-30T12:00Z'],
      ['2026-03-29T03:00+02:00 ann', '2026-03-30T02:00+02:00 bob'],
    ],
    [
      'at midnight in Cairo, where midnight does not come',
      layer({ beginsAt: '2026-04-01T00:00' }),
      'Africa/Cairo',
      ['2026-04-23T00:00Z', '2026-04-25T00:00Z'],
      ['2026-04-24T01:00+03:00 bob', '2026-04-25T00:00+03:00 ann'],
    ],
    [
      'monthly on the 31st: on the last day of a shorter month, and on the 31st again',
      layer({
        beginsAt: '2026-01-31T09:00',
        rotation: { kind: 'monthly', every: 1 },
        turns: turns('ann', 'bob', 'cid'),
      }),
      BERLIN,
      ['2026-02-01T00:00Z', '2026-06-01T00:00Z'],
      [
        '2026-02-28T09:00+01:00 bob',
        '2026-03-31T09:00+02:00 cid',
        '2026-04-30T09:00+02:00 ann',
        '2026-05-31T09:00+02:00 bob',
      ],
    ],
    [
      'in a sequence of different lengths',
      layer({
        beginsAt: '2026-03-23T09:00',
        rotation: { kind: 'custom', every: 1 },
        turns: [
          { userIds: ['ann'], length: { count: 5, unit: 'days' } },
          { userIds: ['bob'], length: { count: 36, unit: 'hours' } },
          { userIds: ['cid'], length: { count: 12, unit: 'hours' } },
        ],
      }),
      BERLIN,
      ['2026-03-24T00:00Z', '2026-03-31T00:00Z'],
      ['2026-03-28T09:00+01:00 bob', '2026-03-29T21:00+02:00 cid', '2026-03-30T09:00+02:00 ann'],
    ],
  ] as const)('%s', (_, one, zone, [from, to], expected) => {
    expect(handOffs(one, zone, from, to)).toEqual(expected);
  });

  it('opens and closes a layer’s hours by the wall: from the first 02:00 to the last', () => {
    const nights = layer({ restrictions: [{ days: [7], start: '02:00', end: '02:30' }] });
    const shifts = layerShifts(nights, 0, BERLIN, span('2026-10-24T12:00Z', '2026-10-25T12:00Z'));
    expect(shifts.map(({ startMs, endMs }) => [new Date(startMs).toISOString(), (endMs - startMs) / 60_000])).toEqual([
      ['2026-10-25T00:00:00.000Z', 90],
    ]);
  });

  it('an override across the change holds between its two instants', () => {
    const override: Override = {
      id: 'ovr_1',
      kind: 'replace',
      userId: 'cid',
      replacedUserId: 'bob',
      ...span('2026-10-25T00:15Z', '2026-10-25T01:15Z'),
    };
    const who = roster({ overrides: [override], versions: [version({ layers: [layer({ turns: turns('bob') })] })] });
    const shifts = finalShifts(who, span('2026-10-25T00:00Z', '2026-10-25T02:00Z'));
    expect(shifts.map(({ startMs, userIds }) => `${new Date(startMs).toISOString().slice(11, 16)} ${userIds}`)).toEqual(
      ['00:00 bob', '00:15 cid', '01:15 bob'],
    );
  });
});

describe('versions', () => {
  const changed = roster({
    versions: [
      version(),
      version({ version: 2, timeZone: 'America/New_York', effectiveFromMs: at('2026-02-03T12:00Z') }),
    ],
  });

  it('a zone that is changed mid-shift counts from its instant, and the past stays as it was', () => {
    const window = span('2026-02-01T00:00Z', '2026-02-03T12:00Z');
    expect(finalShifts(changed, window)).toEqual(finalShifts(roster(), window));
    const after = finalShifts(changed, span('2026-02-03T12:00Z', '2026-02-05T00:00Z'));
    expect(after.map(({ startMs }) => new Date(startMs).toISOString().slice(0, 16))).toEqual([
      '2026-02-03T12:00',
      '2026-02-03T14:00',
      '2026-02-04T14:00',
    ]);
  });

  it('one that was written later wins from its instant on, also over one that begins after it', () => {
    const versions = [
      version({ layers: [layer({ turns: turns('ann') })] }),
      version({ version: 2, effectiveFromMs: at('2026-03-01T00:00Z'), layers: [layer({ turns: turns('bob') })] }),
      version({ version: 3, effectiveFromMs: at('2026-02-01T00:00Z'), layers: [layer({ turns: turns('cid') })] }),
    ];
    const who = roster({ versions });
    expect(['2026-01-20T12:00Z', '2026-02-10T12:00Z', '2026-03-10T12:00Z'].map((one) => people(who, one))).toEqual([
      'ann',
      'cid',
      'cid',
    ]);
  });

  it('before the first, and before a layer begins, nobody is on call and it says why', () => {
    const late = roster({ versions: [version({ effectiveFromMs: at('2026-01-04T00:00Z') })] });
    const shifts = finalShifts(late, span('2026-01-03T00:00Z', '2026-01-05T12:00Z'));
    expect(shifts.map(({ version: number, gap }) => [number, gap?.reason])).toEqual([
      [null, 'not-begun'],
      [1, 'not-begun'],
      [1, undefined],
    ]);
  });
});

describe('layers', () => {
  const office = layer({
    name: 'Office',
    turns: turns('dan'),
    restrictions: [{ days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' }],
  });
  const NOON = '2026-01-07T11:00Z';
  const NIGHT = '2026-01-07T23:00Z';

  it('a later one wins where it has somebody, and those before it fill the rest', () => {
    const who = roster({ versions: [version({ layers: [layer({ turns: turns('ann') }), office] })] });
    expect([people(who, NOON), people(who, NIGHT)]).toEqual(['dan', 'ann']);
  });

  it('a turn that is open leaves its time to the layers before it, or to nobody', () => {
    const open = layer({ turns: turns('') });
    expect(people(roster({ versions: [version({ layers: [layer({ turns: turns('ann') }), open] })] }), NOON)).toBe(
      'ann',
    );
    expect(onCallAt(roster({ versions: [version({ layers: [open] })] }), at(NOON)).gap).toEqual({
      reason: 'unassigned',
      userIds: [],
    });
  });

  it('outside the hours of every layer is a gap', () => {
    const who = roster({ versions: [version({ layers: [office] })] });
    expect(onCallAt(who, at(NIGHT)).gap).toEqual({ reason: 'restricted', userIds: [] });
  });

  it('a shadow is shown, never on call, fills no gap and takes no part', () => {
    const shadow = layer({ shadow: true, turns: turns('eve') });
    const who = roster({ versions: [version({ layers: [office, shadow] })] });
    expect(onCallAt(who, at(NOON))).toMatchObject({ userIds: ['dan'], shadowIds: ['eve'] });
    expect(onCallAt(who, at(NIGHT))).toMatchObject({ userIds: [], shadowIds: ['eve'], gap: { reason: 'restricted' } });
    expect(participantsOf(who, at(NOON))).toEqual(['dan']);
  });

  it('several people are on call at once', () => {
    expect(people(roster({ versions: [version({ layers: [layer({ turns: turns('ann+bob') })] })] }), NOON)).toBe(
      'ann+bob',
    );
  });
});

describe('overrides and absences', () => {
  const NOON = '2026-01-07T11:00Z';
  const day = span('2026-01-07T00:00Z', '2026-01-08T00:00Z');
  const both = (change: Partial<Roster>) =>
    roster({ versions: [version({ layers: [layer({ turns: turns('ann+bob', 'cid') })] })], ...change });
  const override = (kind: Override['kind'], userId: string, replacedUserId: string | null = null): Override => ({
    id: `ovr_${kind}`,
    kind,
    userId,
    replacedUserId,
    ...day,
  });

  it.each([
    ['adds somebody', [override('add', 'dan')], 'ann+bob+dan'],
    ['removes one of two', [override('remove', 'ann')], 'bob'],
    ['replaces one', [override('replace', 'dan', 'ann')], 'dan+bob'],
    ['replaces all', [override('replace', 'dan')], 'dan'],
    ['replaces somebody who is not on call by nobody', [override('replace', 'dan', 'cid')], 'ann+bob'],
    ['are applied in order', [override('replace', 'dan', 'ann'), override('remove', 'dan')], 'bob'],
    ['add each person once', [override('add', 'ann')], 'ann+bob'],
  ] as const)('%s', (_, overrides, expected) => {
    expect(people(both({ overrides }), NOON)).toBe(expected);
  });

  it('removing everybody is a gap that names them', () => {
    const overrides = [override('remove', 'ann'), override('remove', 'bob')];
    expect(onCallAt(both({ overrides }), at(NOON)).gap).toEqual({ reason: 'removed', userIds: ['ann', 'bob'] });
  });

  it('whoever is away leaves a gap, or the next in the rotation stands in', () => {
    const absences = ['ann', 'bob'].map((userId) => ({ userId, ...day }));
    expect(onCallAt(both({ absences }), at(NOON)).gap).toEqual({ reason: 'away', userIds: ['ann', 'bob'] });
    const layers = [layer({ turns: turns('ann+bob', 'cid'), whenAway: 'next-in-rotation' })];
    expect(people(roster({ versions: [version({ layers })], absences }), NOON)).toBe('cid');
  });
});

describe('who is next', () => {
  it('names the next others and from when', () => {
    expect(nextOnCall(roster(), at('2026-01-05T12:00Z'), ['ann'])).toEqual({
      userIds: ['bob'],
      atMs: at('2026-01-06T08:00Z'),
    });
    expect(whatComes(roster(), at('2026-01-05T12:00Z')).following).toMatchObject({
      startMs: at('2026-01-06T08:00Z'),
      userIds: ['bob'],
    });
  });

  const NOW = '2026-01-05T12:00Z';
  const endOf = (who: Roster, userId: string) => {
    const end = whatComes(who, at(NOW)).after.get(userId);
    return end && { atMs: end.startMs, next: end.userIds.join('+') };
  };

  it('is nobody where the hours of the layer end, though the same person comes back', () => {
    const hours = { days: [1, 2, 3, 4, 5, 6, 7], start: '09:00', end: '17:00' };
    const daily = roster({ versions: [version({ layers: [layer({ turns: turns('ann'), restrictions: [hours] })] })] });
    expect(endOf(daily, 'ann')).toEqual({ atMs: at('2026-01-05T16:00Z'), next: '' });
    expect(whatComes(daily, at(NOW)).following?.gap?.reason).toBe('restricted');
  });

  it('comes when an override takes the person off, or puts another one beside them', () => {
    const cut = { id: 'o', replacedUserId: null, startMs: at('2026-01-05T14:00Z'), endMs: at('2026-01-05T15:00Z') };
    const off = roster({ overrides: [{ ...cut, kind: 'remove', userId: 'ann' }] });
    expect(endOf(off, 'ann')).toEqual({ atMs: at('2026-01-05T14:00Z'), next: '' });
    const beside = roster({ overrides: [{ ...cut, kind: 'add', userId: 'cid' }] });
    expect(whatComes(beside, at(NOW)).following).toMatchObject({ startMs: at('2026-01-05T14:00Z') });
    expect(endOf(beside, 'ann')).toEqual({ atMs: at('2026-01-06T08:00Z'), next: 'bob' });
  });

  it('comes for each person at the end of all turns that follow at once', () => {
    const layers = [layer({ turns: turns('ann+bob', 'ann+cid', 'dan') })];
    const both = roster({ versions: [version({ layers })] });
    expect(endOf(both, 'ann')).toEqual({ atMs: at('2026-01-07T08:00Z'), next: 'dan' });
    expect(endOf(both, 'bob')).toEqual({ atMs: at('2026-01-06T08:00Z'), next: 'ann+cid' });
  });

  it('is nobody when one person does it all', () => {
    const alone = roster({ versions: [version({ layers: [layer({ turns: turns('ann') })] })] });
    expect(nextOnCall(alone, at('2026-01-05T12:00Z'), ['ann'])).toBeNull();
    expect(whatComes(alone, at('2026-01-05T12:00Z'))).toEqual({ following: null, after: new Map() });
  });

  it('finds somebody whose turn is months away', () => {
    const yearly = layer({ rotation: { kind: 'monthly', every: 12 } });
    const who = roster({ versions: [version({ layers: [yearly] })] });
    expect(nextOnCall(who, at('2026-01-05T12:00Z'), ['ann'])?.atMs).toBe(at('2027-01-05T08:00Z'));
  });

  it('one person’s shifts are whole, whoever comes and goes beside them', () => {
    const overrides = [
      {
        id: 'o',
        kind: 'add',
        userId: 'cid',
        replacedUserId: null,
        ...span('2026-01-05T12:00Z', '2026-01-05T13:00Z'),
      } as const,
    ];
    const shifts = personShifts(roster({ overrides }), 'ann', {
      startMs: at('2026-01-05T00:00Z'),
      endMs: at('2026-01-05T00:00Z') + 3 * DAY_MS,
    });
    expect(shifts.map(({ startMs, endMs, withUserIds }) => [(endMs - startMs) / 3_600_000, withUserIds])).toEqual([
      [24, ['cid']],
      [16, []],
    ]);
  });
});

describe('a plan that asks for a lot', () => {
  const two = (minutes: number) => String(minutes).padStart(2, '0');
  const clock = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  /** Layers that hand over every hour, each open in fifty pieces of every day. */
  const heavy = (layers: number) =>
    version({
      layers: Array.from({ length: layers }, () =>
        layer({
          rotation: { kind: 'hourly', every: 1 },
          turns: Array.from({ length: 100 }, (_, turn) => ({
            userIds: [`usr_${turn % 9}`, `usr_${(turn + 1) % 9}`],
          })),
          restrictions: Array.from({ length: 50 }, (_, index) => ({
            days: [1, 2, 3, 4, 5, 6, 7],
            start: clock(index * 28),
            end: clock(index * 28 + 14),
          })),
          whenAway: 'next-in-rotation',
        }),
      ),
    });
  const from = at('2026-11-29T10:00Z');

  it('is worked out in time that is proportional to it', () => {
    expect(finalShifts(roster({ versions: [heavy(10)] }), { startMs: from, endMs: from + 93 * DAY_MS })).toHaveLength(
      10_313,
    );
  });

  it('has no next ones when everybody is away, and that is found at once', () => {
    const absences = Array.from({ length: 9 }, (_, index) => ({ userId: `usr_${index}`, startMs: 0, endMs: Infinity }));
    expect(nextOnCall(roster({ versions: [heavy(3)], absences }), from, [])).toBeNull();
  });

  it.each([
    ['that many pieces', heavy(10).layers, /begin 5180 turns and time restrictions a week; at most 2000/],
    [
      'that many people',
      Array.from({ length: 3 }, () =>
        layer({
          turns: Array.from({ length: 40 }, () => ({
            userIds: Array.from({ length: 20 }, (_, index) => `usr_${index}`),
          })),
        }),
      ),
      /name people 2400 times; at most 2000/,
    ],
  ])('is refused when it is written in %s', (_, layers = [], words) => {
    const known = new Map(Array.from({ length: 20 }, (__, index) => [`usr_${index}`, { name: 'x', active: true }]));
    expect(refuseSchedule({ timeZone: BERLIN, layers }, known)).toEqual([
      { path: 'body.layers', message: expect.stringMatching(words) },
    ]);
  });

  it('is let through as ten layers that hand over every hour, or with office hours in each', () => {
    const hourly = layer({
      rotation: { kind: 'hourly', every: 1 },
      turns: turns('usr_0', 'usr_1'),
      restrictions: [1, 2, 3, 4, 5].map((day) => ({ days: [day], start: '09:00', end: '17:30' })),
    });
    const known = new Map(['usr_0', 'usr_1'].map((id) => [id, { name: 'x', active: true }]));
    const layers = Array.from({ length: 10 }, () => hourly);
    expect(refuseSchedule({ timeZone: BERLIN, layers }, known)).toEqual([]);
  });
});
