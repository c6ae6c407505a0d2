import { randomBytes } from 'node:crypto';
import { linkOf, lineOf, scalarLabels, withSource } from '../signal/claim.ts';
import type { ReadEvent } from './event.ts';
import { decodeText, isRecord, type Json, linksOf } from './field.ts';

const ACTS = ['trigger', 'acknowledge', 'resolve'] as const;

/**
 * Reads the body of the first Events API, `create_event.json`, whose key has been looked at. It names no severity: an
 * event is an error, which pages.
 * https://developer.pagerduty.com/docs/events-api-v1/trigger-events/
 */
export function readEventV1(body: Json, text: string): ReadEvent {
  const act = ACTS.find((one) => one === body['event_type']);
  const description = decodeText(body['description']);
  const said = decodeText(body['incident_key']);
  const errors = [
    ...(act === undefined ? ['Event type is missing or unknown (must be trigger, acknowledge or resolve)'] : []),
    ...(act === 'trigger' && description === null ? ['Description is missing or blank'] : []),
    ...((act === 'acknowledge' || act === 'resolve') && said === null ? ['Incident key is missing or blank'] : []),
  ];
  if (act === undefined || errors.length > 0) return { ok: false, errors };
  const dedupKey = said ?? randomBytes(16).toString('hex');
  if (act === 'acknowledge') return { ok: true, event: { act, dedupKey } };
  const contexts = Array.isArray(body['contexts']) ? body['contexts'].filter(isRecord) : [];
  const { links } = linksOf({ links: contexts.filter(({ type }) => type === 'link') });
  const { images } = linksOf({ images: contexts.filter(({ type }) => type === 'image') });
  const clientUrl = linkOf(decodeText(body['client_url']));
  const told = { details: body['details'], client: decodeText(body['client']), clientUrl };
  const evidence = Object.fromEntries([
    ...Object.entries(told).filter(([, value]) => value !== undefined && value !== null),
    ...(links.length === 0 ? [] : [['links', links]]),
    ...(images.length === 0 ? [] : [['images', images]]),
  ]) as Record<string, unknown>;
  return {
    ok: true,
    event: {
      act,
      dedupKey,
      claim: {
        dedupKey,
        status: act === 'trigger' ? 'firing' : 'resolved',
        severity: 'error',
        title: lineOf(description ?? dedupKey),
        source: decodeText(body['client']),
        labels: withSource(scalarLabels(body['details']), decodeText(body['client'])),
        url: clientUrl ?? links[0]?.href ?? null,
        evidence: Object.keys(evidence).length === 0 ? null : evidence,
        beganAt: null,
        drill: false,
        payload: text,
      },
    },
  };
}
