import { changeAlertSource } from '#detect/contract';
import { listShadowPages, type ShadowPageView, shadowCsv } from '#respond/contract';
import type { Api } from '../api.ts';
import { readBook } from '../book.ts';
import { CommandError, type Io, type Outcome } from '../io.ts';
import { columns, moment } from '../text.ts';

export type ShadowOptions = { readonly on?: boolean; readonly live?: boolean; readonly csv?: boolean };

/** Who would have been paged for alerts of sources in shadow; with a name, of one source, after switching it if asked to. */
export async function shadow(api: Api, io: Io, name: string | undefined, options: ShadowOptions): Promise<Outcome> {
  if (name === undefined && (options.on || options.live))
    throw new CommandError('Say which source: allclear shadow NAME.');
  const alertSourceId = name === undefined ? undefined : await sourceOf(api, name);
  if (alertSourceId !== undefined && (options.on || options.live))
    await api.call(changeAlertSource, { params: { id: alertSourceId }, body: { shadow: options.on === true } });
  const query = { limit: 200, ...(alertSourceId === undefined ? {} : { alertSourceId }) };
  const { items } = await api.call(listShadowPages, { query });
  if (options.csv) return { text: shadowCsv(items.toReversed()).trimEnd(), data: items };
  return {
    text: items.length === 0 ? 'Nothing would have been paged.' : items.map((page) => describe(page, io)).join('\n'),
    data: items,
  };
}

async function sourceOf(api: Api, name: string): Promise<string> {
  return (await readBook(api, 'source')).idOf('source', name);
}

function describe(page: ShadowPageView, io: Io): string {
  const rows = page.messages.map(({ userName, kind, address, at, due }) => [
    userName,
    `${kind} ${address}`,
    `${moment(at, io.now())}${due ? '' : ', but it was over'}`,
  ]);
  const nobody = page.why === null ? [] : [`  nobody: ${page.why}`];
  return [
    `${moment(page.at, io.now())}  ${page.alertTitle}`,
    ...nobody,
    ...(rows.length > 0 ? [columns(rows, '  ')] : []),
  ].join('\n');
}
