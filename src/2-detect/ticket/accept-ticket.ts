import { AppError, type FieldError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { digest } from '#platform/secrets.ts';
import { createAnnouncer } from '../alert/announce-alerts.ts';
import { type AlertSourceRow, selectAlertSourceByKey, updateLastSignal } from '../alert-source/store.ts';
import { gateOf } from '../limit/gate.ts';
import { createReceivedLog } from '../received/note-received.ts';
import { becameOf, sentenceOf } from '../received/received.ts';
import { keptPayload, readJson, refuseSignal, storableJson } from '../signal/intake-body.ts';
import { createRefusedLog } from '../signal/note-refused.ts';
import type { NewSignal } from '../signal/signal.ts';
import { writeBatchAlone } from '../signal/write-batch.ts';
import type { TicketRule } from './contract.ts';
import { selectTicketRule } from './store.ts';
import { outcomeOf, readTicket, type Ticket, ticketKey, USUAL_TICKET_RULE } from './ticket.ts';

export type TicketAnswer =
  | { readonly alertId: string | null; readonly dedupKey: string }
  | { readonly alertId: null; readonly dedupKey: string; readonly ignored: string };

/** Takes in what a help desk sends; answers after the commit. Throws `not_found`, `invalid`, which says why, and `limit`. */
export function createTicketIntake(system: System): (key: string, bytes: Uint8Array) => Promise<TicketAnswer> {
  const tellLaterStages = createAnnouncer(system);
  const noteRefused = createRefusedLog(system);
  const noteReceived = createReceivedLog(system);
  const gate = gateOf(system);
  return async (key, bytes) => {
    const source = await findTicketSource(system, key);
    if (source === null)
      throw new AppError(
        'not_found',
        'No source of tickets has this key. Copy the address again from Settings, Alert sources.',
      );
    gate.enter(source);
    const refuse = async ({ errors }: { readonly errors: readonly FieldError[] }) => {
      const { message } = refuseSignal(errors);
      await noteRefused(source, message, bytes);
      const payload = Buffer.from(bytes).toString('utf8');
      noteReceived(source, { format: 'ticket', outcome: 'refused', text: message, alertIds: [], payload });
      throw new AppError('invalid', message, { errors });
    };
    const json = readJson(bytes);
    if (!json.ok) return await refuse(json);
    const read = readTicket(json.value);
    if (!read.ok) return await refuse(read);
    const rule = (await selectTicketRule(system.database, source)) ?? USUAL_TICKET_RULE;
    const { ticket } = read;
    const outcome = outcomeOf(ticket, rule);
    const dedupKey = ticketKey(ticket, rule);
    const received = { format: 'ticket', payload: json.text } as const;
    if (outcome === 'ignored') {
      const ignored = 'One ticket is solved; others about the same may not be.';
      noteReceived(source, { ...received, outcome: 'ignored', text: ignored, alertIds: [] });
      return { alertId: null, dedupKey, ignored };
    }
    const at = system.clock.now();
    const signal = signalOf(source, ticket, rule, outcome, keptPayload(json.text), at);
    const { alertIds, opened, news } = await writeBatchAlone(system.database, [signal]);
    tellLaterStages(news);
    await updateLastSignal(system.database, source, at);
    const alertId = alertIds.get(signal) ?? null;
    const became = becameOf(outcome, alertId, opened.has(signal));
    const text = sentenceOf([became]);
    noteReceived(source, { ...received, outcome: became, text, alertIds: alertId === null ? [] : [alertId] });
    return { alertId, dedupKey };
  };
}

/** The source of tickets behind a key, or null. */
export async function findTicketSource(system: System, key: string): Promise<AlertSourceRow | null> {
  const source = await selectAlertSourceByKey(system.database, digest(key), system.clock.now());
  return source?.kind === 'ticket' ? source : null;
}

function signalOf(
  source: AlertSourceRow,
  ticket: Ticket,
  rule: TicketRule,
  status: 'firing' | 'resolved',
  payload: string,
  at: Date,
): NewSignal {
  const { id, subject, url, requesters, component, description } = ticket;
  const labels = { ticket: id, requesters: String(requesters), ...(component === null ? {} : { component }) };
  return {
    workspaceId: source.workspaceId,
    scope: source.id,
    dedupKey: ticketKey(ticket, rule),
    status,
    severity: rule.severity,
    title: `${subject} (#${id})`,
    origin: 'intake',
    alertSourceId: source.id,
    alertSourceName: source.name,
    monitorId: null,
    serviceId: source.serviceId,
    drill: false,
    source: 'ticket',
    labels: storableJson(labels),
    url,
    evidence: storableJson({ source: 'ticket', details: `Ticket ${id}: ${description ?? subject}` }),
    payload,
    beganAt: at,
    receivedAt: at,
  };
}
