import type { Context, Hono, Next } from 'hono';
import { z } from 'zod';
import { email as emailSchema } from '#access/contract';
import { reportByVisitor } from '#detect';
import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { selectComponents } from '../component/store.ts';
import { type ReportForm, reportSentSheet, reportSheet } from '../public/html/report-sheets.ts';
import type { Published, Publisher } from '../status-page/publisher.ts';
import { createPlaceLimit } from '../status-page/place-limit.ts';
import { answerSheet, formLimit, readForm, textOf, viewOf, visitorOf } from '../status-page/visitor-form.ts';
import { judgeStamp, makeStamp } from './stamp.ts';

const FORM_BYTES = 16 * 1024;
/** From one place of the network, in an hour. */
const REPORTS_FROM_ONE_PLACE = { times: 10, windowSeconds: 3_600 } as const;

const report = z.object({
  words: z
    .string()
    .trim()
    .min(3, 'Say in a few words what is wrong.')
    .max(2_000, 'Please say it in 2,000 characters or fewer.'),
  email: z.union([z.literal(''), emailSchema], { error: 'That does not look like an email address.' }),
});

type Typed = { readonly words: string; readonly component: string; readonly email: string };

/** `/s/{slug}/report`: the form, made for each visitor because it carries a signed time; 404 on pages that take none. */
export function mountReportForm(app: Hono, system: System, publisher: Publisher): void {
  const mayReport = createPlaceLimit(system, REPORTS_FROM_ONE_PLACE);
  const open = async (c: Context) => {
    const published = await publisher.make(c.req.param('slug') ?? '');
    const alertSourceId = published?.row.reportSourceId;
    return published && alertSourceId ? { published, alertSourceId, view: viewOf(published, publisher) } : null;
  };
  const fresh = ({ row }: Published, rest: Omit<ReportForm, 'stamp'> = {}): ReportForm => ({
    stamp: makeStamp(system.secrets, row.id, system.clock.now()),
    ...rest,
  });
  const page = (html: string, status?: 200 | 400 | 429) => answerSheet(publisher, html, status);

  app.get('/s/:slug/report', async (c, next: Next) => {
    const found = await open(c);
    return found ? page(reportSheet(found.view, fresh(found.published))) : next();
  });
  app.post('/s/:slug/report', formLimit(FORM_BYTES), async (c) => {
    const found = await open(c);
    if (!found) return c.notFound();
    const { published, view, alertSourceId } = found;
    const form = await readForm(c);
    const typed: Typed = {
      words: textOf(form.get('words')),
      component: textOf(form.get('component')),
      email: textOf(form.get('email')).trim(),
    };
    const again = (problem: string, status: 400 | 429) =>
      page(reportSheet(view, fresh(published, { ...kept(typed), problem })), status);
    // A field that no person sees was filled: the machine hears what it wants to hear.
    if (textOf(form.get('website')) !== '') return page(reportSentSheet(view));
    const parsed = report.safeParse(typed);
    if (!parsed.success) return again(parsed.error.issues[0]?.message ?? 'Please look at the form again.', 400);
    const verdict = judgeStamp(system.secrets, published.row.id, textOf(form.get('stamp')), system.clock.now());
    if (verdict === 'too-quick') return again('That was very quick. Please read it once more and send it again.', 400);
    if (verdict === 'not-ours') return again('This form was open for too long. Please send it again.', 400);
    if (!mayReport(c.req.header('x-client-ip')))
      return again(
        'Many reports came from your network already, and they are being looked at. Try again in an hour.',
        429,
      );
    await send(system, published, { alertSourceId, ...parsed.data, componentId: typed.component });
    return page(reportSentSheet(view));
  });
}

function kept({ words, component, email }: Typed) {
  return { words: words.slice(0, 4_000), component: component.slice(0, 80), email: email.slice(0, 254) };
}

type Wanted = {
  readonly alertSourceId: string;
  readonly words: string;
  readonly email: string;
  readonly componentId: string;
};

/** A form that was closed a moment ago takes nothing more; its visitor need not know. */
async function send(system: System, published: Published, wanted: Wanted): Promise<void> {
  try {
    await system.transact(visitorOf(published), async (ctx) => {
      const components = await selectComponents(ctx, { statusPageId: published.row.id });
      const component = components.find(({ id }) => id === wanted.componentId) ?? null;
      const email = wanted.email === '' ? null : wanted.email;
      await reportByVisitor(ctx, { alertSourceId: wanted.alertSourceId, words: wanted.words, component, email });
    });
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'conflict')) throw error;
  }
}
