import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { email as emailSchema } from '#access/contract';
import { AppError } from '#kernel/errors.ts';
import type { Ctx, System } from '#platform/ctx.ts';
import type { View } from '../public/html/layout.ts';
import {
  confirmedSheet,
  confirmSheet,
  deadLinkSheet,
  manageSheet,
  subscribeSentSheet,
  subscribeSheet,
  unsubscribedSheet,
  unsubscribeSheet,
} from '../public/html/subscribe-sheets.ts';
import type { Published, Publisher } from '../status-page/publisher.ts';
import { createPlaceLimit } from '../status-page/place-limit.ts';
import { answerSheet, formLimit, readForm, textOf, viewOf, visitorOf } from '../status-page/visitor-form.ts';
import { confirmSubscription, manageSubscription, readLink, unsubscribe } from './answer-link.ts';
import { linkToken } from './link.ts';
import { type Subscription, subscribe } from './subscribe.ts';

const FORM_BYTES = 32 * 1024;
/** From one place of the network, so that nobody has us write to a list of strangers, or uses up what a page may ask. */
const ASKED_FROM_ONE_PLACE = { times: 60, windowSeconds: 3_600 } as const;
const subscription = z.object({ email: emailSchema, component: z.array(z.string().max(80)).max(200) });

/** The pages with a form: they carry a reader's own link, so they are made for each request and never cached. */
export function mountForms(app: Hono, system: System, publisher: Publisher): void {
  const forms = createForms(system, publisher);
  const limit = formLimit(FORM_BYTES);
  app.post('/s/:slug/subscribe', limit, (c) => forms.subscribe(c));
  app.get('/s/:slug/confirm', (c) => forms.showConfirm(c));
  app.post('/s/:slug/confirm', limit, (c) => forms.confirm(c));
  app.get('/s/:slug/manage', (c) => forms.showManage(c));
  app.post('/s/:slug/manage', limit, (c) => forms.manage(c));
  app.get('/s/:slug/unsubscribe', (c) => forms.showUnsubscribe(c));
  app.post('/s/:slug/unsubscribe', limit, (c) => forms.unsubscribe(c));
}

function createForms(system: System, publisher: Publisher) {
  const mayAsk = createPlaceLimit(system, ASKED_FROM_ONE_PLACE);
  const visit = async (c: Context, answer: (published: Published, view: View) => Promise<Response>) => {
    const published = await publisher.make(c.req.param('slug') ?? '');
    return published ? answer(published, viewOf(published, publisher)) : c.notFound();
  };
  const act = <Result>(published: Published, verb: (ctx: Ctx) => Promise<Result>) =>
    system.transact(visitorOf(published), verb);
  const read = (published: Published) => system.read(visitorOf(published));
  const page = (html: string, status?: 200 | 400 | 404 | 429) => answerSheet(publisher, html, status);
  const tokenOf = (c: Context, form: FormData | null) => textOf(form?.get('token')) || (c.req.query('token') ?? '');

  return {
    subscribe: (c: Context) =>
      visit(c, async (published, view) => {
        const form = await readForm(c);
        const typed = { email: textOf(form.get('email')).trim(), component: form.getAll('component').map(textOf) };
        const parsed = subscription.safeParse(typed);
        const again = (problem: string, status: 400 | 429) =>
          page(subscribeSheet(view, { email: typed.email.slice(0, 254), problem }), status);
        if (!parsed.success) return again('That does not look like an email address.', 400);
        if (!mayAsk(c.req.header('x-client-ip')))
          return again('Too many addresses were entered from your network. Try again in an hour.', 429);
        const wanted: Subscription = {
          email: parsed.data.email,
          componentIds: chosen(published, parsed.data.component),
        };
        try {
          await act(published, (ctx) => subscribe(ctx, published.row, wanted));
        } catch (error) {
          if (error instanceof AppError && error.code === 'limit') return again(error.message, 429);
          throw error;
        }
        return page(subscribeSentSheet(view, wanted.email));
      }),
    showConfirm: (c: Context) =>
      visit(c, async (published, view) => {
        const token = tokenOf(c, null);
        const row = await readLink(read(published), 'confirm', token);
        return row ? page(confirmSheet(view, { email: row.email, token })) : page(deadLinkSheet(view), 404);
      }),
    confirm: (c: Context) =>
      visit(c, async (published, view) => {
        const token = tokenOf(c, await readForm(c));
        const row = await act(published, (ctx) => confirmSubscription(ctx, token));
        if (!row) return page(deadLinkSheet(view), 404);
        return page(
          confirmedSheet(view, `${view.links.act('manage')}?token=${linkToken(system.secrets, 'manage', row)}`),
        );
      }),
    showManage: (c: Context) =>
      visit(c, async (published, view) => {
        const token = tokenOf(c, null);
        const row = await readLink(read(published), 'manage', token);
        return row ? page(manageSheet(view, { ...row, token }, false)) : page(deadLinkSheet(view), 404);
      }),
    manage: (c: Context) =>
      visit(c, async (published, view) => {
        const form = await readForm(c);
        const token = tokenOf(c, form);
        const componentIds = chosen(published, form.getAll('component').map(textOf));
        const row = await act(published, (ctx) => manageSubscription(ctx, token, componentIds));
        return row ? page(manageSheet(view, { ...row, token }, true)) : page(deadLinkSheet(view), 404);
      }),
    showUnsubscribe: (c: Context) =>
      visit(c, async (published, view) => {
        const token = tokenOf(c, null);
        const row = await readLink(read(published), 'manage', token);
        return row ? page(unsubscribeSheet(view, { email: row.email, token })) : page(deadLinkSheet(view), 404);
      }),
    unsubscribe: (c: Context) =>
      visit(c, async (published, view) => {
        const token = tokenOf(c, await readForm(c));
        const row = await act(published, (ctx) => unsubscribe(ctx, token));
        return row ? page(unsubscribedSheet(view)) : page(deadLinkSheet(view), 404);
      }),
  };
}

/** Ids that stand on the page; null = all, also when every box is ticked. */
function chosen({ page }: Published, ids: readonly string[]): string[] | null {
  const known = page.components.map(({ id }) => id).filter((id) => ids.includes(id));
  return known.length === 0 || known.length === page.components.length ? null : known;
}
