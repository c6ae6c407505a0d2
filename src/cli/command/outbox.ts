import {
  type ChannelKind,
  type DeliveryDetail,
  type DeliveryPurpose,
  type DeliveryState,
  type DeliveryView,
  listDeliveries,
  readDeliveryRoute,
  releaseHeldMail,
  retryDeliveryRoute,
} from '#delivery/contract';
import { ApiProblem } from '#client';
import type { Api } from '../api.ts';
import { readBook } from '../book.ts';
import { EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count, moment } from '../text.ts';
import { findIncident } from './find.ts';
import { readIds } from './ids.ts';

export type OutboxOptions = {
  readonly state?: DeliveryState;
  readonly purpose?: DeliveryPurpose;
  readonly kind?: ChannelKind;
  readonly page?: string;
  readonly incident?: string;
  readonly person?: string;
  readonly ids?: boolean;
};

const MOST = 200;
const SHOWN = 50;

/** The newest messages that went out, wait, failed or are held. `ids`: only their ids, a line each. */
export async function outbox(api: Api, io: Io, options: OutboxOptions): Promise<Outcome> {
  const { state, purpose, kind, page, incident, person, ids } = options;
  const { items } = await api.call(listDeliveries, {
    query: {
      limit: ids === true ? MOST : SHOWN,
      ...(state === undefined ? {} : { state }),
      ...(purpose === undefined ? {} : { purpose }),
      ...(kind === undefined ? {} : { kind }),
      ...(page === undefined ? {} : { pageId: page }),
      ...(incident === undefined ? {} : { incidentId: (await findIncident(api, incident)).id }),
      ...(person === undefined ? {} : { userId: (await readBook(api, 'person')).idOf('person', person) }),
    },
  });
  if (ids === true) return { text: items.map(({ id }) => id).join('\n'), data: items.map(({ id }) => id) };
  const rows = items.map((one) => row(one, io));
  return { text: rows.length === 0 ? 'There is no such message.' : columns(rows), data: items };
}

/** One message with its text; personal links and codes are masked. */
export async function showDelivery(api: Api, io: Io, id: string): Promise<Outcome> {
  const one = await api.call(readDeliveryRoute, { params: { id } });
  return { text: describe(one, io), data: one };
}

/** Tries failed or held messages again now; what is refused is said for each, and makes the exit code 1. */
export async function retryDeliveries(api: Api, io: Io, given: readonly string[]): Promise<Outcome> {
  const ids = await readIds(io, given);
  if (ids.length === 0) return { text: 'There is nothing to do.', data: { items: [] } };
  const items: { id: string; ok: boolean; said: string }[] = [];
  for (const id of ids) {
    try {
      const { state } = await api.call(retryDeliveryRoute, { params: { id } });
      items.push({ id, ok: true, said: state });
    } catch (error) {
      if (!(error instanceof ApiProblem) || ![400, 404, 409].includes(error.status)) throw error;
      items.push({ id, ok: false, said: `refused: ${error.message}` });
    }
  }
  return {
    text: columns(items.map(({ id, said }) => [id, said])),
    data: { items },
    exitCode: items.every(({ ok }) => ok) ? EXIT.ok : EXIT.failed,
  };
}

/** Sends the held mails that are still current. */
export async function releaseMail(api: Api): Promise<Outcome> {
  const result = await api.call(releaseHeldMail, {});
  const rest =
    result.remaining === 0 ? '' : ` ${count(result.remaining, 'mail')} of what was held is too old to be sent.`;
  return { text: `${count(result.released, 'mail')} released.${rest}`, data: result };
}

function row({ id, state, kind, purpose, address, subject, why, createdAt }: DeliveryView, io: Io): string[] {
  return [
    id,
    state,
    `${purpose} by ${kind}`,
    moment(createdAt, io.now()),
    address,
    why === null || state === 'sent' ? subject : `${subject}  ! ${why}`,
  ];
}

function describe(one: DeliveryDetail, io: Io): string {
  const { id, state, kind, purpose, address, subject, why, attempts, sentAt, confirmedAt, nextAttemptAt, tries, text } =
    one;
  const at = (when: string | null, words: string) => (when === null ? [] : [`${words} ${moment(when, io.now())}`]);
  return [
    `${id}  ${state}  ${purpose} by ${kind} to ${address}, ${count(attempts, 'try', 'tries')}`,
    ...(why === null ? [] : [`! ${why}`]),
    ...at(sentAt, 'sent'),
    ...at(confirmedAt, 'arrived'),
    ...(state === 'queued' ? at(nextAttemptAt, 'next try') : []),
    ...(tries.length === 0
      ? []
      : [
          columns(
            tries.map((tried) => [moment(tried.startedAt, io.now()), tried.provider, tried.state, tried.why ?? '']),
            '  ',
          ),
        ]),
    '',
    subject,
    '',
    text,
  ].join('\n');
}
