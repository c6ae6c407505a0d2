import { createPage, type EscalationTargetView } from '#respond/contract';
import type { Api } from '../api.ts';
import { readBook } from '../book.ts';
import { CommandError, type Outcome } from '../io.ts';
import { findIncident, findServiceIds } from './find.ts';

export type PageOptions = {
  readonly to: readonly string[];
  readonly note?: string;
  readonly service?: string;
  readonly incident?: string;
  readonly low?: boolean;
};

/** Pages people and teams by hand. */
export async function page(api: Api, title: string | undefined, options: PageOptions): Promise<Outcome> {
  if (title === undefined || options.to.length === 0)
    throw new CommandError('Say what it is about and whom to page: allclear page "Look at the ledger" --to Ann.');
  const [serviceId] = await findServiceIds(api, options.service === undefined ? [] : [options.service]);
  const incident = options.incident === undefined ? undefined : await findIncident(api, options.incident);
  const made = await api.call(createPage, {
    body: {
      title,
      targets: await findTargets(api, options.to),
      urgency: options.low === true ? 'low' : 'high',
      ...(options.note === undefined ? {} : { note: options.note }),
      ...(serviceId === undefined ? {} : { serviceId }),
      ...(incident === undefined ? {} : { incidentId: incident.id }),
    },
  });
  const names = [...new Set(made.notices.map(({ userName }) => userName))].join(', ');
  const text = names === '' ? 'Nobody of them can be reached.' : `Paged ${names}.`;
  return { text: `${text}\n${api.url}/pages/${made.id}`, data: made };
}

/** People by address or name, teams by name. */
async function findTargets(api: Api, names: readonly string[]): Promise<EscalationTargetView[]> {
  const book = await readBook(api, 'person', 'team');
  return names.map((name) => {
    const { noun, id } = book.find(['person', 'team'], name);
    return noun === 'person' ? { kind: 'user', userId: id } : { kind: 'team', teamId: id };
  });
}
