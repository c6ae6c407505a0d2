import { z } from 'zod';
import { defineRoute } from '#access/contract';
import { id, idParams, instant, listOf, pageQuery } from '#kernel/schema.ts';
import { signalSeverity } from '../alert/contract.ts';

/** One message that something may be wrong, as it came. */
export const signal = z.object({
  id: id('sig'),
  alertId: id('alt'),
  status: z.enum(['firing', 'resolved']),
  severity: signalSeverity,
  title: z.string(),
  source: z.string().nullable(),
  receivedAt: instant,
  /** The body as received. */
  payload: z.string(),
  /** How often the sender said the same again within seconds: counted with the alert, and not kept one by one. */
  repeats: z.number().int(),
});
export type SignalView = z.output<typeof signal>;

export const listSignals = defineRoute({
  method: 'get',
  path: '/alerts/{id}/signals',
  permission: 'alerts.read',
  tag: 'Alerts',
  summary: 'Read the signals behind an alert, newest first: the first one and the latest 199',
  params: idParams('alt'),
  query: pageQuery,
  response: listOf(signal),
});

const label = z.string().max(1_000);

/** The body of `POST /intake/{key}`. Only a title is needed; what it does not name is ignored and kept with the payload. */
export const intakeBody = z.object({
  title: z.string().trim().min(1, 'must not be empty').max(500),
  /** What makes two signals the same alert; absent = the title. */
  dedupKey: z.string().trim().min(1, 'must not be empty').max(500).optional(),
  status: z.enum(['firing', 'resolved']).default('firing'),
  severity: signalSeverity.default('error'),
  source: z.string().trim().max(200).optional(),
  labels: z.record(z.string().max(200), label).optional(),
  url: z
    .url({ protocol: /^https?$/, error: 'expected an http or https address' })
    .max(2_000)
    .optional(),
  details: z.unknown().optional(),
});
export type IntakeBody = z.output<typeof intakeBody>;
