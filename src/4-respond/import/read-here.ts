import { listMembers, listTeams } from '#access';
import { listHeartbeatNames, readServices } from '#monitor';
import type { Ctx } from '#platform/ctx.ts';
import { findPolicies } from '../escalation/store.ts';
import { findChannels } from '../notice-channel/store.ts';
import { findOverrides, findScheduleIds, findVersions } from '../schedule/store.ts';
import type { ImportKind, ImportTool } from './contract.ts';
import type { Here } from './planned.ts';
import { findLinks } from './store.ts';

const FAR = new Date('2200-01-01T00:00:00Z');

/** What is here already, for a plan: names, addresses, and what earlier imports made that is still here. */
export async function readHere(ctx: Ctx, tool: ImportTool): Promise<Here> {
  const members = await listMembers(ctx);
  const teams = await listTeams(ctx);
  const services = await readServices(ctx);
  const heartbeats = await listHeartbeatNames(ctx);
  const policies = await findPolicies(ctx);
  const scheduleIds = await findScheduleIds(ctx);
  const schedules = await findVersions(ctx, scheduleIds);
  const overrides = await findOverrides(ctx, scheduleIds, ctx.now, FAR);
  const channels = await findChannels(ctx);
  const links = new Map((await findLinks(ctx, tool)).map((link) => [`${link.kind} ${link.vendorId}`, link.targetId]));
  const living: Readonly<Record<ImportKind, ReadonlySet<string>>> = {
    person: new Set(members.map(({ id }) => id)),
    team: new Set(teams.map(({ id }) => id)),
    schedule: new Set(scheduleIds),
    override: new Set(overrides.map(({ id }) => id)),
    policy: new Set(policies.map(({ id }) => id)),
    service: new Set(services.map(({ id }) => id)),
    heartbeat: new Set(heartbeats.map(({ id }) => id)),
  };
  const small = (name: string) => name.toLowerCase();
  return {
    members: members.map(({ id, email, name, active }) => ({ id, email, name, active })),
    teams: new Map(teams.map(({ id, name }) => [small(name), id])),
    services: new Map(services.map(({ id, name }) => [small(name), id])),
    // Of several with one name the oldest is the one that beats by name reach.
    heartbeats: new Map(heartbeats.toReversed().map(({ id, name }) => [small(name), id])),
    scheduleNames: new Set(schedules.map(({ name }) => small(name))),
    policyNames: new Set(policies.map(({ name }) => small(name))),
    channels: channels.map(({ id, name, kind, address, onlyPages }) => ({ id, name, kind, address, onlyPages })),
    linkOf: (kind, vendorId) => {
      const id = links.get(`${kind} ${vendorId}`);
      return id !== undefined && living[kind].has(id) ? id : null;
    },
  };
}
