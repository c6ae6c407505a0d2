import { AppError, assert, conflict, invalid, notFound } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { audit } from '../audit/audit.ts';
import { teamChanged } from '../events.ts';
import { accessPorts } from '../ports.ts';
import { listMembers } from '../user/read-users.ts';
import { TEAM_LIMITS } from './contract.ts';
import { findTeams, insertTeam, lockTeams, markTeamRemoved, renameTeam, replaceMembers, type Team } from './store.ts';

type Wanted = { readonly name: string; readonly userIds: readonly string[] };

/** Teams by name; with ids, only those that exist. */
export async function listTeams(ctx: Ctx, ids?: readonly string[]): Promise<Team[]> {
  return findTeams(ctx, ids);
}

/** One team; refuses `not_found`. */
export async function readTeam(ctx: Ctx, id: string): Promise<Team> {
  const [team] = await findTeams(ctx, [id]);
  if (!team) throw notFound('team', id);
  return team;
}

/** Makes a team; refuses people who are not members and a name that is taken. */
export async function createTeam(ctx: Ctx, wanted: Wanted): Promise<Team> {
  await lockTeams(ctx);
  const teams = await findTeams(ctx);
  if (teams.length >= TEAM_LIMITS.teams)
    throw new AppError('limit', `A workspace has at most ${TEAM_LIMITS.teams} teams. Remove one first.`);
  await checkWanted(ctx, wanted, teams);
  const id = ctx.newId('team');
  await insertTeam(ctx, { id, name: wanted.name });
  return settle(ctx, id, wanted, 'team.create');
}

/** Changes name and members; whatever asks the team asks the new ones from its next step on. */
export async function changeTeam(ctx: Ctx, id: string, wanted: Wanted): Promise<Team> {
  await lockTeams(ctx);
  const teams = await findTeams(ctx);
  if (teams.every((team) => team.id !== id)) throw notFound('team', id);
  await checkWanted(
    ctx,
    wanted,
    teams.filter((team) => team.id !== id),
  );
  await renameTeam(ctx, id, wanted.name);
  return settle(ctx, id, wanted, 'team.change');
}

async function settle(ctx: Ctx, id: string, wanted: Wanted, action: string): Promise<Team> {
  await replaceMembers(ctx, id, [...new Set(wanted.userIds)]);
  await audit(ctx, { action, subjectId: id, detail: wanted });
  await ctx.publish(teamChanged, { teamId: id });
  ctx.touch('members');
  const [team] = await findTeams(ctx, [id]);
  assert(team, 'the team that was just written is there');
  return team;
}

/** Removes a team; refuses `conflict` while something would be left asking nobody. */
export async function deleteTeam(ctx: Ctx, id: string): Promise<void> {
  const team = await readTeam(ctx, id);
  const uses = await accessPorts().usesOfTeam(ctx, id);
  if (uses.length > 0) throw conflict(`${team.name} is still asked by ${uses.join(' and ')}. Change that first.`);
  await markTeamRemoved(ctx, id);
  await audit(ctx, { action: 'team.delete', subjectId: id });
  ctx.touch('members');
}

async function checkWanted(ctx: Ctx, { name, userIds }: Wanted, others: readonly Team[]): Promise<void> {
  if (others.some((team) => team.name.toLowerCase() === name.toLowerCase()))
    throw conflict(`There is a team with the name ${name} already.`);
  const members = new Set((await listMembers(ctx)).map((member) => member.id));
  const stranger = userIds.findIndex((userId) => !members.has(userId));
  if (stranger >= 0)
    throw invalid(`body.userIds.${stranger}`, `${userIds[stranger]} is not a member of this workspace`);
}
