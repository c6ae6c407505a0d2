import { assert, conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { readAlert } from '../alert/read-alerts.ts';
import { selectAlertSource, updateLastSignal } from '../alert-source/store.ts';
import { keepReceived } from '../received/note-received.ts';
import { becameOf, sentenceOf } from '../received/received.ts';
import { writeNow } from '../signal/write-now.ts';
import { signalOfReport, titleOf } from './report.ts';

export type VisitorReport = {
  /** Of the form; see `openReportForm`. */
  readonly alertSourceId: string;
  readonly words: string;
  /** The line of the page that it is about; null = the visitor does not know. */
  readonly component: { readonly id: string; readonly name: string; readonly serviceId: string | null } | null;
  readonly email: string | null;
};

/**
 * What a visitor of a status page reports: a warning. All reports about one component are one alert, with a count and
 * everybody's words. Refuses a form that was closed meanwhile.
 */
export async function reportByVisitor(ctx: Ctx, report: VisitorReport): Promise<void> {
  const source = await selectAlertSource(ctx, report.alertSourceId);
  if (source?.kind !== 'form') throw conflict('Reports are no longer taken here.');
  const { component, email, words } = report;
  const about = component === null ? '' : `\n\nAbout: ${component.name}`;
  const said = `${words}${about}`;
  const alertId = await writeNow(
    ctx,
    signalOfReport({
      workspaceId: ctx.workspaceId,
      at: ctx.now,
      scope: source.id,
      dedupKey: component === null ? 'page' : component.id,
      severity: 'warning',
      title: titleOf(component?.name ?? null, words),
      origin: 'intake',
      alertSource: source,
      reporter: email ?? 'a visitor',
      serviceId: component?.serviceId ?? source.serviceId,
      words: said,
    }),
  );
  assert(alertId !== null, 'a firing signal has an alert');
  const { count } = await readAlert(ctx, alertId);
  const became = becameOf('firing', alertId, count === 1);
  await keepReceived(ctx, source.id, {
    format: 'form',
    outcome: became,
    text: sentenceOf([became]),
    alertIds: [alertId],
    payload: email === null ? said : `From: ${email}\n\n${said}`,
  });
  await updateLastSignal(ctx.transaction, source, ctx.now);
}
