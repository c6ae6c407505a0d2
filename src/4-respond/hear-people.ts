import { holidaysChanged, memberDeactivated, memberJoined, readUser, teamChanged, workspaceCreated } from '#access';
import { on } from '#platform/events.ts';
import { welcomePerson } from './contact-method/welcome-person.ts';
import { markCoverageStale } from './coverage/mark-stale.ts';
import { insertReport } from './coverage/store.ts';
import { makeDefaultPolicy } from './escalation/make-default-policy.ts';
import { handPagesOn } from './page/hand-on.ts';

export const hearPeople = [
  on(workspaceCreated, async (ctx, { ownerId, emailVerified }) => {
    const owner = await readUser(ctx, ownerId);
    await welcomePerson(ctx, owner.id, owner.email, emailVerified);
    await makeDefaultPolicy(ctx, owner.id);
    await insertReport(ctx);
    await markCoverageStale(ctx);
  }),
  on(memberJoined, async (ctx, { userId, email, emailVerified }) => welcomePerson(ctx, userId, email, emailVerified)),
  on(memberDeactivated, async (ctx, { userId }) => {
    await handPagesOn(ctx, userId);
    await markCoverageStale(ctx);
  }),
  on(teamChanged, async (ctx) => markCoverageStale(ctx)),
  // Steps that keep to business hours are passed over on other days now.
  on(holidaysChanged, async (ctx) => markCoverageStale(ctx)),
];
