import { listChangeEvents, listStorms } from '#detect/contract';
import type { Api } from '../api.ts';
import { readBook } from '../book.ts';
import { EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count, moment } from '../text.ts';
import { instantOf } from '../time.ts';

export type ChangesOptions = { readonly source?: string; readonly service?: string; readonly since?: string };

/** What other tools say that they changed, the latest received first: 50 of them. */
export async function changes(api: Api, io: Io, { source, service, since }: ChangesOptions): Promise<Outcome> {
  const book = await readBook(api, 'source', 'service');
  const { items } = await api.call(listChangeEvents, {
    query: {
      ...(source === undefined ? {} : { alertSourceId: book.idOf('source', source) }),
      ...(service === undefined ? {} : { serviceId: book.idOf('service', service) }),
      ...instantOf('since', since, io.now()),
    },
  });
  const rows = items.map((one) => [
    moment(one.happenedAt, io.now()),
    one.source === null ? one.alertSourceName : `${one.alertSourceName}, ${one.source}`,
    one.serviceId === null ? '' : book.titleOf(one.serviceId),
    [one.summary, ...one.links.map(({ href }) => href)].join('  '),
  ]);
  return { text: rows.length === 0 ? 'No tool tells of a change.' : columns(rows), data: items };
}

/** Storms that go on. Exit code 3 when there is one. */
export async function storms(api: Api, io: Io): Promise<Outcome> {
  const { items } = await api.call(listStorms, {});
  const lines = items.flatMap(({ id, leadId, openedAt, openUntil, count: all, open, by, causes }) => [
    `${count(all, 'alert')} ask as one, ${open} open, since ${moment(openedAt, io.now())}; over ${moment(openUntil, io.now())} unless more come`,
    ...causes.map(({ name, count: number }) => `  ${number} by ${by}: ${name}`),
    `  asked for by ${leadId}; all of them: allclear alert group ${id}`,
  ]);
  return {
    text: items.length === 0 ? 'There is no storm.' : lines.join('\n'),
    data: items,
    exitCode: items.length === 0 ? EXIT.ok : EXIT.attention,
  };
}
