import { expect, it } from 'vitest';
import { DAY_MS } from '#kernel/duration.ts';
import { nextOnCall, onCallAt, whatComes } from './on-call.ts';
import type { Roster } from './schedule.ts';
import { onCallTimes } from './on-call-times.ts';

const start = Date.parse('2026-03-20T10:00:00Z');
const roster: Roster = {
  versions: [
    {
      version: 1,
      name: 'Primary',
      effectiveFromMs: 0,
      timeZone: 'Europe/Berlin',
      layers: [
        {
          name: 'Days',
          shadow: false,
          beginsAt: '2026-01-05T09:00',
          rotation: { kind: 'daily', every: 1 },
          turns: [{ userIds: ['a'] }, { userIds: ['b'] }, { userIds: [] }],
          restrictions: [{ days: [1, 2, 3, 4, 5, 6, 7], start: '03:00', end: '02:00' }],
          whenAway: 'leave-open',
        },
      ],
    },
  ],
  overrides: [{ id: 'o', kind: 'add', userId: 'c', replacedUserId: null, startMs: start, endMs: start + DAY_MS }],
  absences: [],
};

it('answers at every instant of the window as the pager would', () => {
  const times = onCallTimes('sch_1', roster, start, start + 12 * DAY_MS);
  for (let at = start; at < start + 12 * DAY_MS; at += 7_654_321) {
    const { userIds } = onCallAt(roster, at);
    const next = nextOnCall(roster, at, userIds);
    const answer = times.at(at);
    expect(answer.userIds).toEqual(userIds);
    expect(answer.next).toEqual(next && { userIds: next.userIds, at: new Date(next.atMs) });
    const { after } = whatComes(roster, at);
    for (const userId of userIds) {
      const end = after.get(userId);
      expect(answer.endOf(userId)).toEqual(end ? { at: new Date(end.startMs), thenIds: end.userIds } : null);
    }
    expect(answer.endOf('nobody')).toBeNull();
  }
});
