import {
  createNoticeChannel,
  deleteNoticeChannel,
  listNoticeChannels,
  type NoticeChannelKind,
  type NoticeChannelView,
  testNoticeChannel,
} from '#respond/contract';
import { formatDuration } from '#kernel/duration.ts';
import type { Api } from '../api.ts';
import { type Book, everyOne, readBook } from '../book.ts';
import { EXIT, type Io, type Outcome } from '../io.ts';
import { columns } from '../text.ts';
import { lengthOf } from '../time.ts';

export type ChannelOptions = {
  readonly kind: NoticeChannelKind;
  readonly service: readonly string[];
  readonly every?: string;
  readonly onlyPages?: boolean;
};

/** Team channels: where what begins and ends is told. Exit code 3 when one of them hears nothing. */
export async function channels(api: Api): Promise<Outcome> {
  const [items, book] = await Promise.all([
    everyOne((page) => api.call(listNoticeChannels, { query: page })),
    readBook(api, 'service'),
  ]);
  const rows = items.map((channel) => row(channel, book));
  return {
    text: rows.length === 0 ? 'There is no team channel.' : columns(rows),
    data: items,
    exitCode: items.some(({ problem }) => problem !== null) ? EXIT.attention : EXIT.ok,
  };
}

/** Adds a place that is told what begins and ends; an access token of ntfy is read from the environment. */
export async function addChannel(
  api: Api,
  io: Io,
  name: string,
  address: string,
  options: ChannelOptions,
): Promise<Outcome> {
  const book = await readBook(api, 'service');
  const accessToken = io.env['ALLCLEAR_CHANNEL_TOKEN'];
  const made = await api.call(createNoticeChannel, {
    body: {
      name,
      address,
      kind: options.kind,
      serviceIds: options.service.map((service) => book.idOf('service', service)),
      ...(options.every === undefined
        ? {}
        : { stillEverySeconds: options.every === 'never' ? null : lengthOf('every', options.every) }),
      onlyPages: options.onlyPages === true,
      ...(accessToken === undefined ? {} : { accessToken }),
    },
  });
  const lines = [
    `${made.name} is told ${made.onlyPages ? 'pages whose step names it' : 'what begins and ends'}. Try it: allclear channels test ${made.id}`,
    ...(made.signingSecret === null ? [] : [`Its messages are signed with ${made.signingSecret}, shown only now.`]),
    ...(made.problem === null ? [] : [`! ${made.problem}`]),
  ];
  return { text: lines.join('\n'), data: made, exitCode: made.problem === null ? EXIT.ok : EXIT.attention };
}

/** Sends a test message there now; exit code 1 when it did not arrive. */
export async function testChannel(api: Api, name: string): Promise<Outcome> {
  const book = await readBook(api, 'channel');
  const result = await api.call(testNoticeChannel, { params: { id: book.idOf('channel', name) } });
  return { text: result.message, data: result, exitCode: result.ok ? EXIT.ok : EXIT.failed };
}

export async function removeChannel(api: Api, name: string): Promise<Outcome> {
  const book = await readBook(api, 'channel');
  const id = book.idOf('channel', name);
  await api.call(deleteNoticeChannel, { params: { id } });
  return { text: `${book.titleOf(id)} is told nothing more.`, data: { id } };
}

function row(
  { name, kind, address, serviceIds, stillEverySeconds, onlyPages, problem }: NoticeChannelView,
  book: Book,
): string[] {
  return [
    name,
    kind,
    onlyPages ? 'pages of steps' : serviceIds.length === 0 ? 'everything' : serviceIds.map(book.titleOf).join(', '),
    onlyPages || stillEverySeconds === null ? 'no reminders' : `every ${formatDuration(stillEverySeconds)}`,
    problem === null ? address : `${address}  ! ${problem}`,
  ];
}
