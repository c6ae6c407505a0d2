import type { Context, Hono } from 'hono';
import { allows, type User } from '#access';
import { proposeSeverity, readSeverityPolicy, type Severity } from '#declare';
import { severity } from '#declare/contract';
import { type Alert, listAlertsOfIncident, listUndecidedAlike, readAlerts } from '#detect';
import { AppError } from '#kernel/errors.ts';
import { readServices } from '#monitor';
import type { Ctx, System, Who } from '#platform/ctx.ts';
import { declarePrompted, dismissPrompted, leadPrompted, type PromptChoice } from '../prompt/decide.ts';
import { type PromptClaim, readPromptToken } from '../prompt/prompt-link.ts';
import { readStanding, type Standing } from '../prompt/standing.ts';
import { readPeople } from '../reach/people.ts';
import { plainPage } from './layout.ts';
import { guest, personOf, readForm, show, unknownLink, wantsJson } from './mount-links.ts';
import { promptView } from './prompt-view.ts';

/** "Is this an incident?" GET only shows; a button's POST decides, as the person of the link and with what they may do. */
export function mountPrompts(app: Hono, system: System): void {
  app.get('/d/:token', (c) => showPrompt(system, c));
  app.post('/d/:token', (c) => answerPrompt(system, c));
}

async function open(system: System, c: Context) {
  const claim = readPromptToken(system.secrets, c.req.param('token') ?? '');
  if (!claim) return null;
  const ctx = system.read(guest(claim.workspaceId));
  const [person, alert] = [await personOf(ctx, claim.userId), await readAlertOrNone(ctx, claim.alertId)];
  return person && alert ? { claim, ctx, person, alert } : null;
}

async function readAlertOrNone(ctx: Ctx, alertId: string) {
  const [alert] = await readAlerts(ctx, [alertId]).catch((error: unknown) => {
    if (error instanceof AppError) return [];
    throw error;
  });
  return alert ?? null;
}

const mayDecide = ({ role }: User) => allows(role, 'alerts.act') && allows(role, 'incidents.respond');

async function showPrompt(system: System, c: Context) {
  const opened = await open(system, c);
  if (!opened) return unknownLink(c);
  const { ctx, person, alert } = opened;
  const standing = await readStanding(ctx, alert);
  const [service] = alert.serviceId === null ? [] : await readServices(ctx, [alert.serviceId]);
  const others = await goAlong(ctx, alert, standing);
  const prompt = {
    alert,
    standing,
    others,
    proposal:
      standing.is === 'suspected'
        ? { severity: standing.incident.severity, why: null }
        : await proposeSeverity(ctx, [alert, ...others]),
    policy: await readSeverityPolicy(ctx),
    serviceName: service?.name ?? null,
    nameOf: (await readPeople(ctx)).nameOf,
  };
  const reader = { userId: person.id, timeZone: person.timeZone, mayDecide: mayDecide(person) };
  return show(c, promptView(prompt, reader, ctx.now, ctx.publicUrl));
}

/** What the decision is about besides the alert. */
async function goAlong(ctx: Ctx, alert: Alert, standing: Standing): Promise<readonly Alert[]> {
  if (standing.is === 'asked') return await listUndecidedAlike(ctx, alert);
  if (standing.is !== 'suspected') return [];
  return (await listAlertsOfIncident(ctx, standing.incident.id)).filter(({ id }) => id !== alert.id);
}

async function answerPrompt(system: System, c: Context) {
  const opened = await open(system, c);
  if (!opened) return unknownLink(c);
  const { claim, person } = opened;
  if (!mayDecide(person))
    return show(c, plainPage('You may look, not decide', 'Ask a member of the workspace to decide.'), 403);
  const who: Who = {
    workspaceId: claim.workspaceId,
    actor: { kind: 'user', userId: person.id, role: person.role, channel: 'link' },
  };
  const form = await readForm(c);
  const choice = choiceOf(form, c.req.query('as'));
  let said: string;
  try {
    said = await system.transact(who, (ctx) => decide(ctx, claim, form, choice));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Somebody was first, or it is over: the page itself says so.
    if (error.code !== 'conflict') return show(c, plainPage('That did not work', error.message), 409);
    said = error.message;
  }
  return wantsJson(c) ? c.json({ said }, 200, { 'cache-control': 'no-store' }) : c.redirect(c.req.path, 303);
}

/** A button in a notification sends no form: its address says as what it is labelled, and it declares. */
async function decide(
  ctx: Ctx,
  { alertId, userId }: PromptClaim,
  form: URLSearchParams,
  choice: PromptChoice,
): Promise<string> {
  switch (form.get('act') ?? 'declare') {
    case 'declare':
      return declarePrompted(ctx, alertId, choice);
    case 'dismiss':
      return dismissPrompted(ctx, alertId, knownAt(form, ctx.now));
    case 'take-command':
      return leadPrompted(ctx, alertId, userId);
    default:
      throw new AppError('invalid', 'This button is not known. Open the link again from the message.');
  }
}

function choiceOf(form: URLSearchParams, label: string | undefined): PromptChoice {
  return { offered: severityIn(form.get('offered') ?? label), chosen: severityIn(form.get('severity')) };
}

/** What is no severity was chosen by nobody. */
function severityIn(text: string | null | undefined): Severity | null {
  return severity.safeParse(text).data ?? null;
}

/** When the form was shown; null for what is no instant of the past. */
function knownAt(form: URLSearchParams, now: Date): Date | null {
  const shown = new Date(form.get('shown') ?? '');
  return shown <= now ? shown : null;
}
