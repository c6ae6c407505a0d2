import { listTeams } from '#access/contract';
import { type EscalationTargetView, listPageChannels, listSchedules } from '#respond/contract';
import { useMembers } from '../access/people.ts';
import { useRead } from '../data/query.ts';

export type Target = EscalationTargetView;

/** One text per target, for keys and for the values of a select. */
export function targetKey(target: Target): string {
  switch (target.kind) {
    case 'user':
      return target.userId;
    case 'team':
      return target.teamId;
    case 'schedule':
      return `${target.scheduleId}:${target.who}`;
    case 'channel':
      return target.noticeChannelId;
  }
}

const whoWords = { current: 'on call now', next: 'on call next', everybody: 'everybody' } as const;

export interface TargetGroup {
  label: string;
  options: { target: Target; name: string }[];
}

/** Everything that a step may ask, in groups, and what each target is called; gone ones are said to be gone. */
export function useTargets(): { groups: TargetGroup[]; nameOf: (target: Target) => string } {
  const members = useMembers().data?.items ?? [];
  const teams = useRead(listTeams, { query: { limit: 200 } }, ['members']).data?.items ?? [];
  const schedules = useRead(listSchedules, { query: { limit: 200 } }, ['schedules']).data?.items ?? [];
  const channels = useRead(listPageChannels, { query: { limit: 200 } }, ['settings']).data?.items ?? [];
  const people = members
    .filter(({ active, role }) => active && role !== 'viewer')
    .map(({ id, name }) => ({ target: { kind: 'user', userId: id } as const, name }));
  const groups: TargetGroup[] = [
    { label: 'People', options: people },
    { label: 'Teams', options: teams.map(({ id, name }) => ({ target: { kind: 'team', teamId: id } as const, name })) },
    {
      label: 'Schedules',
      options: schedules.flatMap(({ id, name }) =>
        (['current', 'next', 'everybody'] as const).map((who) => ({
          target: { kind: 'schedule', scheduleId: id, who } as const,
          name: `${name}, ${whoWords[who]}`,
        })),
      ),
    },
    {
      label: 'Channels, which wake nobody',
      options: channels.map(({ id, name }) => ({ target: { kind: 'channel', noticeChannelId: id } as const, name })),
    },
  ].filter(({ options }) => options.length > 0);
  const names = new Map([
    ...members.map(({ id, name }) => [id, name] as const),
    ...groups.flatMap(({ options }) => options.map(({ target, name }) => [targetKey(target), name] as const)),
  ]);
  return { groups, nameOf: (target) => names.get(targetKey(target)) ?? `a ${target.kind} that is gone` };
}
