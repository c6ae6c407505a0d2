import { z } from 'zod';
import { id, idParams, instant, line, listOf, pageQuery } from '#kernel/schema.ts';
import { defineRoute } from '../route.ts';

export const TEAM_LIMITS = { teams: 200, members: 100 } as const;

/** People who are asked together. Who is deactivated stays listed and is not asked. */
export const team = z.object({
  id: id('team'),
  name: z.string(),
  /** Oldest members first. */
  userIds: z.array(id('usr')),
  createdAt: instant,
});
export type TeamView = z.output<typeof team>;

const tag = 'Teams';
const document = { name: line(80), userIds: z.array(id('usr')).max(TEAM_LIMITS.members) };

export const listTeams = defineRoute({
  method: 'get',
  path: '/teams',
  permission: 'members.read',
  tag,
  summary: 'List teams by name',
  query: pageQuery,
  response: listOf(team),
});

export const readTeamRoute = defineRoute({
  method: 'get',
  path: '/teams/{id}',
  permission: 'members.read',
  tag,
  summary: 'Read a team',
  params: idParams('team'),
  response: team,
});

export const createTeam = defineRoute({
  method: 'post',
  path: '/teams',
  permission: 'members.manage',
  tag,
  summary: 'Make a team',
  body: z.object(document),
  response: team,
  status: 201,
});

export const changeTeam = defineRoute({
  method: 'put',
  path: '/teams/{id}',
  permission: 'members.manage',
  tag,
  summary: 'Rename a team or change who is in it',
  params: idParams('team'),
  body: z.object(document),
  response: team,
});

export const deleteTeam = defineRoute({
  method: 'delete',
  path: '/teams/{id}',
  permission: 'members.manage',
  tag,
  summary: 'Remove a team; refused while something asks it',
  params: idParams('team'),
});
