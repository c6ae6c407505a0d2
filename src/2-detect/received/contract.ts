import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';

/** In which words a message came. */
export const receivedFormat = z.enum([
  'json',
  'alertmanager',
  'grafana',
  'pagerduty',
  'opsgenie',
  'mail',
  'ticket',
  'form',
]);
export type ReceivedFormat = z.output<typeof receivedFormat>;

/**
 * What became of a message: an alert was opened, one that was open counted it (`joined`), one was closed (`resolved`) or
 * acknowledged, something else was written down (`noted`), nothing waited for it (`unmatched`), it is no signal
 * (`ignored`), or it was answered with an error (`refused`).
 */
export const receivedOutcome = z.enum([
  'opened',
  'joined',
  'resolved',
  'acknowledged',
  'noted',
  'unmatched',
  'ignored',
  'refused',
]);
export type ReceivedOutcome = z.output<typeof receivedOutcome>;

const receivedMessage = z.object({
  id: id('rcv'),
  receivedAt: instant,
  format: receivedFormat,
  outcome: receivedOutcome,
  /** One sentence; for a refusal, why. */
  text: z.string(),
  alertIds: z.array(id('alt')),
  /** As it came, cut at 8,000 characters. */
  payload: z.string(),
});
export type ReceivedMessageView = z.output<typeof receivedMessage>;

export const listReceived = defineRoute({
  method: 'get',
  path: '/alert-sources/{id}/received',
  permission: 'alert-sources.read',
  tag: 'Alert sources',
  summary: 'List the last messages that an alert source was sent and what became of each, newest first: the latest 25',
  params: idParams('src'),
  query: pageQuery,
  response: listOf(receivedMessage),
});
