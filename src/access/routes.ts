import { bind, type RouteBinding } from '#platform/stage.ts';
import { createApiKey, revokeApiKey } from './api-key/create-api-key.ts';
import { findKeys } from './api-key/store.ts';
import { allowTarget, forbidTarget } from './allowed-target/allow-target.ts';
import { findTargets } from './allowed-target/store.ts';
import { listAuditLog } from './audit/list-audit-log.ts';
import * as contract from './contract.ts';
import { holidayRoutes } from './holiday/routes.ts';
import { acceptInvite, readInviteLink } from './invite/accept-invite.ts';
import { createInvite, revokeInvite } from './invite/create-invite.ts';
import { findOpenInvites } from './invite/store.ts';
import { cursorId, pageOf } from './page.ts';
import {
  completePasswordReset,
  createPasswordReset,
  readPasswordReset,
  requestPasswordReset,
} from './password-reset/password-reset.ts';
import { presentApiKey, presentInvite, presentTarget, presentTeam, presentUser, presentWorkspace } from './present.ts';
import { readSession } from './session/read-session.ts';
import { listSessions, revokeSession } from './session/sessions.ts';
import { completeSetup } from './setup/complete-setup.ts';
import { readSetup } from './setup/read-setup.ts';
import { changeTeam, createTeam, deleteTeam, listTeams, readTeam } from './team/change-teams.ts';
import { changeRole } from './user/change-role.ts';
import { deactivateUser, previewDeactivation, reactivateUser } from './user/deactivate-user.ts';
import { readUser } from './user/read-users.ts';
import { findUsers } from './user/store.ts';
import { requirePerson, updateProfile } from './user/update-profile.ts';
import { readWorkspace } from './workspace/read-workspace.ts';
import { updateWorkspace } from './workspace/update-workspace.ts';

const setup: readonly RouteBinding[] = [
  bind(contract.readSetup, (ctx) => readSetup(ctx)),
  bind(contract.completeSetup, (_ctx, { body }, system, address) => completeSetup(system, body, address), 'bare'),
];

const session: readonly RouteBinding[] = [
  bind(contract.readSession, async (ctx) => {
    const { user, workspace, ...rest } = await readSession(ctx);
    return { ...rest, user: presentUser(user), workspace: presentWorkspace(workspace) };
  }),
  bind(contract.listSessions, (ctx, { query }) => listSessions(ctx, query)),
  bind(contract.revokeSession, (ctx, { params }) => revokeSession(ctx, params.id)),
  bind(contract.updateProfile, async (ctx, { body }) => presentUser(await updateProfile(ctx, body))),
];

const people: readonly RouteBinding[] = [
  bind(contract.listUsers, async (ctx, { query }) =>
    pageOf(await findUsers(ctx, { limit: query.limit, after: cursorId(query) }), query, presentUser),
  ),
  bind(contract.readUserRoute, async (ctx, { params }) => presentUser(await readUser(ctx, params.id))),
  bind(contract.changeAccessRole, async (ctx, { params, body }) =>
    presentUser(await changeRole(ctx, params.id, body.role)),
  ),
  bind(contract.previewDeactivation, (ctx, { params }) => previewDeactivation(ctx, params.id)),
  bind(contract.deactivateUser, async (ctx, { params }) => presentUser(await deactivateUser(ctx, params.id))),
  bind(contract.reactivateUser, async (ctx, { params }) => presentUser(await reactivateUser(ctx, params.id))),
  bind(contract.listInvites, async (ctx, { query }) =>
    pageOf(await findOpenInvites(ctx, { limit: query.limit, before: cursorId(query) }), query, presentInvite),
  ),
  bind(contract.createInvite, async (ctx, { body }) => {
    const { url, ...invite } = await createInvite(ctx, { email: body.email ?? null, role: body.role });
    return { ...presentInvite(invite), url };
  }),
  bind(contract.revokeInvite, (ctx, { params }) => revokeInvite(ctx, params.id)),
  bind(contract.createPasswordReset, async (ctx, { params }) => {
    const { url, expiresAt } = await createPasswordReset(ctx, params.id);
    return { url, expiresAt: expiresAt.toISOString() };
  }),
];

const teams: readonly RouteBinding[] = [
  // A workspace has few, so they come as one page.
  bind(contract.listTeams, async (ctx) => ({ items: (await listTeams(ctx)).map(presentTeam), nextCursor: null })),
  bind(contract.readTeamRoute, async (ctx, { params }) => presentTeam(await readTeam(ctx, params.id))),
  bind(contract.createTeam, async (ctx, { body }) => presentTeam(await createTeam(ctx, body))),
  bind(contract.changeTeam, async (ctx, { params, body }) => presentTeam(await changeTeam(ctx, params.id, body))),
  bind(contract.deleteTeam, (ctx, { params }) => deleteTeam(ctx, params.id)),
];

/** Links that were handed out: whoever has one acts in the workspace it was made in. */
const links: readonly RouteBinding[] = [
  bind(contract.readInviteLink, async (_ctx, { params }, system) => {
    const offer = await readInviteLink(system, params.token);
    return { ...offer, expiresAt: offer.expiresAt.toISOString() };
  }),
  bind(contract.acceptInvite, (_ctx, { params, body }, system) => acceptInvite(system, params.token, body), 'bare'),
  bind(
    contract.requestPasswordReset,
    async (_ctx, { body }, system) => {
      await requestPasswordReset(system, body.email);
      return { accepted: true as const };
    },
    'bare',
  ),
  bind(contract.readPasswordReset, async (_ctx, { params }, system) => {
    const { email, expiresAt } = await readPasswordReset(system, params.token);
    return { email, expiresAt: expiresAt.toISOString() };
  }),
  bind(
    contract.completePasswordReset,
    (_ctx, { params, body }, system) => completePasswordReset(system, params.token, body.password),
    'bare',
  ),
];

const workspace: readonly RouteBinding[] = [
  bind(contract.readCurrentWorkspace, async (ctx) => presentWorkspace(await readWorkspace(ctx))),
  bind(contract.updateCurrentWorkspace, async (ctx, { body }) => presentWorkspace(await updateWorkspace(ctx, body))),
  bind(contract.listAllowedTargets, async (ctx) => {
    const fixed = ctx.environmentTargets.map((cidr) => ({
      id: null,
      cidr,
      source: 'environment' as const,
      addedBy: null,
      addedAt: null,
    }));
    return { items: [...fixed, ...(await findTargets(ctx)).map(presentTarget)], nextCursor: null };
  }),
  bind(contract.allowTarget, async (ctx, { body }) => presentTarget(await allowTarget(ctx, body.cidr))),
  bind(contract.forbidTarget, (ctx, { params }) => forbidTarget(ctx, params.id)),
  bind(contract.listAuditLog, (ctx, { query }) => listAuditLog(ctx, query)),
  bind(contract.listApiKeys, async (ctx, { query }) =>
    pageOf(await findKeys(ctx, { limit: query.limit, before: cursorId(query) }), query, presentApiKey),
  ),
  bind(contract.listOwnApiKeys, async (ctx, { query }) =>
    pageOf(
      await findKeys(ctx, { limit: query.limit, before: cursorId(query) }, requirePerson(ctx)),
      query,
      presentApiKey,
    ),
  ),
  bind(contract.createApiKey, async (ctx, { body }) => {
    const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null;
    const { key, ...row } = await createApiKey(ctx, {
      name: body.name,
      role: body.role,
      scopes: body.scopes,
      expiresAt,
    });
    return { ...presentApiKey(row), key };
  }),
  bind(contract.revokeApiKey, (ctx, { params }) => revokeApiKey(ctx, params.id)),
];

export const routes: readonly RouteBinding[] = [
  ...setup,
  ...session,
  ...people,
  ...teams,
  ...links,
  ...workspace,
  ...holidayRoutes,
];
