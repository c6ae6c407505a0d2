import { proposeSeverity } from '#declare';
import { type Alert, listUndecidedAlike } from '#detect';
import type { Ctx } from '#platform/ctx.ts';
import { notifyUser } from '../notice/notify-user.ts';
import { drillMark } from '../page/page.ts';
import { promptToken } from './prompt-link.ts';

/** Asks people whether an alert is an incident; each has a link of their own that takes the answer without a sign-in. */
export async function askToDeclare(ctx: Ctx, alert: Alert, others: number, userIds: readonly string[]): Promise<void> {
  const more = others === 0 ? '' : ` and ${others} more like it`;
  const alike = await listUndecidedAlike(ctx, alert);
  const { severity } = await proposeSeverity(ctx, [alert, ...alike]);
  for (const userId of userIds) {
    const token = promptToken(ctx.secrets, { workspaceId: ctx.workspaceId, alertId: alert.id, userId });
    const url = `${ctx.publicUrl}/d/${token}`;
    await notifyUser(ctx, userId, {
      subject: `${drillMark(alert.drill)}Is this an incident? ${alert.title}${more}`,
      text: 'Nobody has declared or dismissed it yet. Declare it, or dismiss it, in one tap. In ten minutes it becomes a suspected incident by itself. The link only shows it; its buttons act.',
      url,
      urlInSms: true,
      uniqueKey: `undeclared:${alert.id}`,
      urgency: 'high',
      actions: [
        { kind: 'http', label: `Declare ${severity}`, url: `${url}?as=${severity}` },
        { kind: 'view', label: 'Open', url },
      ],
      mask: [url, token],
    });
  }
}
