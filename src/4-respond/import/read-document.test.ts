import { describe, expect, it } from 'vitest';
import type { AppError } from '#kernel/errors.ts';
import { readDocument } from './read-document.ts';

const NOW = Date.parse('2026-11-25T10:00:00Z');
const refusal = (document: unknown, tool?: 'pagerduty' | 'opsgenie') => {
  try {
    readDocument(document, tool, NOW);
    return null;
  } catch (error) {
    return (error as AppError).errors[0]?.path;
  }
};

describe('a malformed document', () => {
  it.each([
    ['body.document.users.0.email', { users: [{ id: 'P1', name: 'Ann' }] }],
    [
      'body.document.schedules.0.schedule_layers.0.start',
      { schedules: [{ id: 'P1', schedule_layers: [{ users: [] }] }] },
    ],
    ['body.document.escalation_policies', { escalation_policies: 'all of them' }],
    ['body.document.overrides.P1.0.start', { overrides: { P1: [{ id: 'O1', start: 'soon' }] } }],
    ['body.document', { escalation_policies: [] }],
  ])('of PagerDuty is refused at %s', (path, document) => expect(refusal(document, 'pagerduty')).toBe(path));

  it.each([
    ['body.document.users.0.username', { users: { data: [{ id: 'u1' }] } }],
    [
      'body.document.schedules.0.rotations.0.startDate',
      { schedules: [{ id: 's', rotations: [{ id: 'r', type: 'weekly' }] }] },
    ],
    [
      'body.document.schedules.0.rotations.0.timeRestriction.restrictions.0.startDay',
      {
        schedules: [
          {
            id: 's',
            rotations: [
              {
                id: 'r',
                type: 'weekly',
                startDate: '2026-01-01T00:00:00Z',
                timeRestriction: { restrictions: [{ startDay: 'noday' }] },
              },
            ],
          },
        ],
      },
    ],
    [
      'body.document.escalations.0.rules.0.delay',
      { escalations: [{ id: 'e', rules: [{ recipient: { type: 'user' } }] }] },
    ],
  ])('of Opsgenie is refused at %s', (path, document) => expect(refusal(document, 'opsgenie')).toBe(path));

  it('of which no tool can be told is refused', () => expect(refusal({ people: [] })).toBe('body.tool'));
});

describe('an odd document', () => {
  const users = [{ id: 'u1', username: 'ann@example.com', fullName: 'Ann' }];
  const hourly = (id: string, startDate: string) => ({
    id,
    name: id,
    type: 'hourly',
    startDate,
    participants: [{ type: 'user', id: 'u1' }],
    timeRestriction: {
      type: 'time-of-day',
      restriction: { startHour: id === 'days' ? 8 : 20, startMin: 0, endHour: id === 'days' ? 20 : 8, endMin: 0 },
    },
  });

  it('with an override of centuries is worked out for a year, and at once', () => {
    const override = {
      alias: 'for ever',
      user: { type: 'user', id: 'u1' },
      startDate: '1970-01-01T00:00:00Z',
      endDate: '9999-01-01T00:00:00Z',
      rotations: [{ id: 'days' }],
    };
    const schedule = {
      id: 's',
      name: 'Primary',
      timezone: 'Europe/Berlin',
      rotations: [hourly('days', '2026-01-05T00:00:00Z'), hourly('nights', '2026-01-05T00:00:00Z')],
      overrides: [override],
    };
    const { schedules } = readDocument({ users, schedules: [schedule] }, 'opsgenie', NOW);
    const overrides = schedules.flatMap((one) => one.overrides);
    expect(overrides.length).toBeGreaterThan(300);
    expect(Math.max(...overrides.map(({ endMs }) => endMs))).toBeLessThan(NOW + 367 * 86_400_000);
  });

  it('may name things like parts of the language', () => {
    const rotation = { ...hourly('days', '2026-01-05T00:00:00Z'), type: 'constructor' };
    const schedule = { id: 'constructor', name: 'toString', timezone: 'UTC', rotations: [rotation] };
    const rules = [
      { condition: 'if-not-acked', delay: { timeAmount: 5, timeUnit: 'constructor' }, recipient: users[0] },
    ];
    const escalations = [{ id: 'e', name: 'E', rules }];
    const found = readDocument({ users, schedules: [schedule], overrides: {}, escalations }, 'opsgenie', NOW);
    expect(found.schedules[0]?.refusal).toContain('no rotation');
    const duty = { id: 'constructor', name: 'X', time_zone: 'UTC', schedule_layers: [] };
    expect(readDocument({ schedules: [duty], overrides: {} }, 'pagerduty', NOW).schedules[0]?.overrides).toEqual([]);
  });

  it('keeps no half of a character where a long name is cut', () => {
    const name = `${'x'.repeat(119)}😀`;
    const { people } = readDocument({ users: [{ ...users[0], fullName: name }] }, 'opsgenie', NOW);
    expect(people[0]?.name.isWellFormed()).toBe(true);
  });
});

describe('a schedule of Opsgenie', () => {
  const ann = { type: 'user', id: 'ann' };
  const read = (rotations: unknown[], more: Record<string, unknown> = {}) =>
    readDocument(
      {
        users: [{ id: 'ann', username: 'ann@example.com', fullName: 'Ann' }],
        schedules: [{ id: 's', name: 'S', timezone: 'Europe/Berlin', rotations, ...more }],
      },
      'opsgenie',
      NOW,
    ).schedules;
  const rotation = (id: string, more: Record<string, unknown>) => ({
    id,
    name: id,
    type: 'daily',
    startDate: '2024-01-31T08:00:00Z',
    participants: [ann],
    ...more,
  });
  const hours = (startHour: number, endHour: number) => ({
    timeRestriction: { type: 'time-of-day', restriction: { startHour, startMin: 0, endHour, endMin: 0 } },
  });

  it('keeps rotations that touch in one schedule, over midnight too', () => {
    const made = read([rotation('day', hours(8, 20)), rotation('night', hours(20, 8))]);
    expect(made).toHaveLength(1);
    expect(made[0]?.layers[1]?.restrictions).toEqual([
      { days: [1, 2, 3, 4, 5, 6, 7], start: '20:00', end: '24:00' },
      { days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '08:00' },
    ]);
  });

  it('makes one more schedule for each rotation that meets another for an hour', () => {
    const made = read([rotation('day', hours(8, 20)), rotation('late', hours(19, 23)), rotation('all', {})]);
    expect(made.map(({ vendorId, originId, name }) => [vendorId, originId, name])).toEqual([
      ['s', 's', 'S'],
      ['s/late', 's', 'S: late'],
      ['s/all', 's', 'S: all'],
    ]);
  });

  it('leaves out a rotation that has ended, and puts one that follows it into its place', () => {
    const made = read([
      rotation('old', { endDate: '2026-01-01T00:00:00Z' }),
      rotation('now', { endDate: '2026-12-24T08:00:00Z' }),
      rotation('then', { startDate: '2026-12-24T08:00:00Z' }),
    ]);
    expect(made.map(({ layers }) => layers.map(({ name }) => name))).toEqual([['now', 'then']]);
  });

  it('warns of a hand-off that a change of the clock hits, and of no other', () => {
    const notes = (startDate: string) =>
      read([rotation('r', { startDate })])
        .flatMap((schedule) => schedule.notes)
        .map(({ text }) => text);
    expect(notes('2024-01-31T08:00:00Z')).toEqual([]);
    expect(notes('2024-01-31T01:30:00Z')).toEqual([
      '“r” hands over at 02:30, which does not come on 2027-03-28: the shift begins at 03:00.',
    ]);
  });
});
