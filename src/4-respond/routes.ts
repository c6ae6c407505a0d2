import { readIncident } from '#declare';
import { bind, type RouteBinding } from '#platform/stage.ts';
import * as boards from './board/contract.ts';
import { addBoardLine, readBoard, writeBoard } from './board/write-board.ts';
import {
  changeNotificationRule,
  createNotificationRule,
  deleteNotificationRule,
} from './contact-method/change-rules.ts';
import * as contacts from './contact-method/contract.ts';
import { createContactMethod } from './contact-method/create-contact-method.ts';
import { deleteContactMethod } from './contact-method/delete-contact-method.ts';
import { listContactMethods, listNotificationRules } from './contact-method/list-contact-methods.ts';
import { selfId } from './contact-method/own-method.ts';
import { rotateSigningSecret } from './contact-method/rotate-signing-secret.ts';
import { testContactMethod } from './contact-method/test-contact-method.ts';
import { verifyByCode } from './contact-method/verify-contact-method.ts';
import * as coverage from './coverage/contract.ts';
import { readCoverage } from './coverage/read-coverage.ts';
import { renewCoverage } from './coverage/renew-coverage.ts';
import * as policies from './escalation/contract.ts';
import {
  changeEscalationPolicy,
  createEscalationPolicy,
  deleteEscalationPolicy,
  listEscalationPolicies,
  readEscalationPolicy,
} from './escalation/change-policies.ts';
import { usesOfSchedule } from './escalation/uses.ts';
import { planPage } from './escalation/plan-page.ts';
import { acknowledgePage } from './page/acknowledge-page.ts';
import * as pages from './page/contract.ts';
import { escalatePage } from './page/escalate-page.ts';
import { pageByHand } from './page/page-by-hand.ts';
import { listPages, presentPage, readPage } from './page/read-pages.ts';
import { withdrawPage } from './page/withdraw-page.ts';
import { absenceRoutes } from './absence/routes.ts';
import { chatGroupRoutes } from './chat-group/routes.ts';
import { calendarRoutes } from './calendar/routes.ts';
import { coverRoutes } from './cover/routes.ts';
import { drillRoutes } from './drill/routes.ts';
import { importRoutes } from './import/routes.ts';
import { journalRoutes } from './journal/routes.ts';
import { loadRoutes } from './load/routes.ts';
import { noticeChannelRoutes } from './notice-channel/routes.ts';
import { quietHoursRoutes } from './quiet-hours/routes.ts';
import { scheduleRoutes } from './schedule/routes.ts';
import { shadowRoutes } from './shadow/routes.ts';
import { changeTask, createTask, listTasks } from './task/change-tasks.ts';
import * as tasks from './task/contract.ts';

const contactRoutes: readonly RouteBinding[] = [
  bind(contacts.listContactMethods, (ctx, { query }) => listContactMethods(ctx, query.userId)),
  bind(contacts.createContactMethod, (ctx, { body }) => createContactMethod(ctx, body)),
  bind(contacts.deleteContactMethod, (ctx, { params }) => deleteContactMethod(ctx, params.id)),
  bind(contacts.testContactMethod, (ctx, { params }, system) => testContactMethod(system, ctx, params.id), 'bare'),
  bind(
    contacts.verifyContactMethod,
    (ctx, { params, body }, system) => verifyByCode(system, ctx, params.id, body.code),
    'bare',
  ),
  bind(contacts.rotateSigningSecret, (ctx, { params }) => rotateSigningSecret(ctx, params.id)),
  bind(contacts.listNotificationRules, (ctx, { query }) => listNotificationRules(ctx, query.userId)),
  bind(contacts.createNotificationRule, (ctx, { body }) => createNotificationRule(ctx, body)),
  bind(contacts.changeNotificationRule, (ctx, { params, body }) =>
    changeNotificationRule(ctx, params.id, body.delaySeconds),
  ),
  bind(contacts.deleteNotificationRule, (ctx, { params }) => deleteNotificationRule(ctx, params.id)),
];

const policyRoutes: readonly RouteBinding[] = [
  bind(policies.listEscalationPolicies, (ctx) => listEscalationPolicies(ctx)),
  bind(policies.readEscalationPolicy, (ctx, { params }) => readEscalationPolicy(ctx, params.id)),
  bind(policies.createEscalationPolicy, (ctx, { body }) => createEscalationPolicy(ctx, body)),
  bind(policies.changeEscalationPolicy, (ctx, { params, body }) => changeEscalationPolicy(ctx, params.id, body)),
  bind(policies.deleteEscalationPolicy, (ctx, { params }) => deleteEscalationPolicy(ctx, params.id)),
  bind(coverage.readCoverage, (ctx) => readCoverage(ctx)),
  bind(coverage.proveCoverageRoute, (ctx) => renewCoverage(ctx)),
  bind(policies.readOnCall, (ctx, { query }) =>
    planPage(ctx, { ...query, at: query.at ? new Date(query.at) : undefined }),
  ),
];

const pageRoutes: readonly RouteBinding[] = [
  bind(pages.listPages, (ctx, { query }) => listPages(ctx, query)),
  bind(pages.readPageRoute, (ctx, { params }) => readPage(ctx, params.id)),
  bind(pages.createPage, async (ctx, { body }) => {
    const { note = null, serviceId = null, incidentId = null, ...rest } = body;
    return presentPage(ctx, await pageByHand(ctx, { ...rest, note, serviceId, incidentId }));
  }),
  bind(pages.withdrawPageRoute, async (ctx, { params }) => presentPage(ctx, await withdrawPage(ctx, params.id))),
  bind(pages.acknowledgePageRoute, async (ctx, { params, body }) => {
    const takeCommand = body?.takeCommand ?? false;
    return presentPage(ctx, await acknowledgePage(ctx, params.id, selfId(ctx), ctx.actor.channel, { takeCommand }));
  }),
  bind(pages.escalatePageRoute, async (ctx, { params }) => presentPage(ctx, await escalatePage(ctx, params.id))),
  bind(pages.listIncidentPages, async (ctx, { params, query }) => {
    const { id: incidentId } = await readIncident(ctx, params.id);
    return listPages(ctx, { ...query, incidentId });
  }),
];

const roomRoutes: readonly RouteBinding[] = [
  bind(tasks.listTasks, (ctx, { params, query }) => listTasks(ctx, params.id, query)),
  bind(tasks.createTask, (ctx, { params, body }) => createTask(ctx, params.id, body)),
  bind(tasks.changeTask, (ctx, { params, body }) => changeTask(ctx, params.id, body)),
  bind(boards.readBoardRoute, (ctx, { params }) => readBoard(ctx, params.id)),
  bind(boards.writeBoardRoute, (ctx, { params, body }) => writeBoard(ctx, params.id, body)),
  bind(boards.addBoardLineRoute, (ctx, { params, body }) => addBoardLine(ctx, params.id, body)),
];

export const routes: readonly RouteBinding[] = [
  ...contactRoutes,
  ...quietHoursRoutes,
  ...policyRoutes,
  ...absenceRoutes,
  ...calendarRoutes,
  ...chatGroupRoutes,
  ...coverRoutes,
  ...noticeChannelRoutes,
  ...scheduleRoutes(usesOfSchedule),
  ...pageRoutes,
  ...drillRoutes,
  ...journalRoutes,
  ...loadRoutes,
  ...importRoutes,
  ...shadowRoutes,
  ...roomRoutes,
];
