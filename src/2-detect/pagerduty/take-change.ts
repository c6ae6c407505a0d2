import type { System } from '#platform/ctx.ts';
import { newId } from '#platform/ids.ts';
import type { AlertSourceRow } from '../alert-source/store.ts';
import { insertChangeEvent } from '../change-event/store.ts';
import { instantOf, lineOf } from '../signal/claim.ts';
import type { Door } from '../signal/door.ts';
import { storableJson } from '../signal/intake-body.ts';
import { decodeText, isRecord, type Json, linksOf } from './field.ts';

const MAX_DETAILS = 64 * 1024;

/** What is wrong with the body of `POST /v2/change/enqueue`: only a summary is needed. */
export function faultsOfChange(body: Json): readonly string[] {
  const { payload } = body;
  if (!isRecord(payload)) return [`'payload' is missing or blank`];
  return decodeText(payload['summary']) === null ? [`'payload.summary' is missing or blank`] : [];
}

/** Keeps a change that has no faults; resolves after the commit. */
export async function takeChange(
  system: System,
  door: Door,
  source: AlertSourceRow,
  body: Json,
  text: string,
): Promise<void> {
  const payload = isRecord(body['payload']) ? body['payload'] : {};
  const receivedAt = system.clock.now();
  const details = isRecord(payload['custom_details']) ? storableJson(payload['custom_details']) : null;
  const origin = decodeText(payload['source']);
  const { links } = linksOf(body);
  await insertChangeEvent(system.database, {
    workspaceId: source.workspaceId,
    id: newId('chg', receivedAt.getTime()),
    alertSourceId: source.id,
    serviceId: source.serviceId,
    summary: lineOf(decodeText(payload['summary']) ?? ''),
    source: origin === null ? null : lineOf(origin).slice(0, 200),
    links: storableJson(links),
    details: details !== null && details.length > MAX_DETAILS ? null : details,
    happenedAt: instantOf(decodeText(payload['timestamp'])) ?? receivedAt,
    receivedAt,
  });
  door.note(source, { format: 'pagerduty', text }, { became: 'noted', text: 'A change was written down.' });
}
