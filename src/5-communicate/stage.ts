import { workspaceCreated } from '#access';
import {
  incidentAccepted,
  incidentDeclared,
  incidentEdited,
  incidentStateChanged,
  promiseDue,
  severityChanged,
} from '#declare';
import { deliveryDue } from '#delivery';
import { monitorCreated, monitorStateChanged, serviceCreated } from '#monitor';
import { on } from '#platform/events.ts';
import { work } from '#platform/jobs.ts';
import type { Stage } from '#platform/stage.ts';
import { componentRoutes } from './component/routes.ts';
import { createPublicServer } from './public/serve.ts';
import { publisherOf } from './publishers.ts';
import { makeComponentOf, makeDefaultPage, nameComponentAfter } from './status-page/make-defaults.ts';
import { mountPages } from './status-page/mount.ts';
import { statusPageRoutes } from './status-page/routes.ts';
import { subscriberRoutes } from './subscriber/routes.ts';
import { dropUnsubscribed, tellSubscribers } from './subscriber/tell-subscribers.ts';
import { tellSubscribersJob } from './subscriber/tell-subscribers-job.ts';
import {
  followEdit,
  followSeverity,
  followState,
  showBrokenPromise,
  startCommunication,
} from './update/on-incident.ts';
import { updateRoutes } from './update/routes.ts';

export const stage: Stage = {
  name: 'communicate',
  routes: [...statusPageRoutes, ...componentRoutes, ...updateRoutes, ...subscriberRoutes],
  jobs: [work(tellSubscribersJob, tellSubscribers)],
  rules: [],
  on: [
    on(workspaceCreated, (ctx) => makeDefaultPage(ctx)),
    on(serviceCreated, makeComponentOf),
    on(monitorCreated, nameComponentAfter),
    on(monitorStateChanged, async (ctx, { drill }) => {
      if (!drill) ctx.touch('status-pages');
    }),
    on(incidentDeclared, (ctx, { incident }) => startCommunication(ctx, incident)),
    on(incidentAccepted, (ctx, { incident }) => startCommunication(ctx, incident)),
    on(severityChanged, (ctx, { incident }) => followSeverity(ctx, incident)),
    on(incidentEdited, (ctx, { incident, before }) => followEdit(ctx, incident, before)),
    on(incidentStateChanged, (ctx, { incident, from }) => followState(ctx, incident, from)),
    on(promiseDue, (ctx, { promise }) => showBrokenPromise(ctx, promise.incidentId)),
    on(deliveryDue, dropUnsubscribed),
  ],
  mount: mountPages,
  front: (system) => {
    const publisher = publisherOf(system);
    const { contentSecurityPolicy } = publisher.assets;
    return createPublicServer({ lookup: publisher.lookup, contentSecurityPolicy });
  },
  services: [{ name: 'publisher', role: 'web', start: async (system) => publisherOf(system).start() }],
};
