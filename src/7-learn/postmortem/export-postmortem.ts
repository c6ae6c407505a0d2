import { listMembers } from '#access';
import type { Ctx } from '#platform/ctx.ts';
import { selectActionItems } from '../action-item/store.ts';
import { toMarkdown } from './markdown.ts';
import { presentPostmortem } from './present.ts';
import { findPostmortem } from './store.ts';

const MOST_ITEMS = 1_000;

/** The whole postmortem as one Markdown document. */
export async function exportPostmortemMarkdown(ctx: Ctx, id: string): Promise<string> {
  const row = await findPostmortem(ctx, id);
  const shown = await presentPostmortem(ctx, row);
  const names = new Map((await listMembers(ctx)).map((member) => [member.id, member.name]));
  const items = await selectActionItems(ctx, { incidentId: row.incidentId, limit: MOST_ITEMS });
  return toMarkdown({
    reference: shown.incidentReference,
    title: shown.incidentTitle,
    severity: shown.severity,
    sections: row.sections,
    facts: shown.facts,
    actionItems: items.map((item) => ({
      title: item.title,
      doneWhen: item.doneWhen,
      owner: names.get(item.ownerUserId) ?? 'a former member',
      dueOn: item.dueOn,
      state: item.state,
    })),
  });
}
