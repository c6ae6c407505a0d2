import { randomUUID } from 'node:crypto';
import type { Database } from '#platform/database.ts';
import { digest } from '#platform/secrets.ts';
import type { AlertSourceRow } from '../alert-source/store.ts';
import { attachedTo, type Mail } from '../mail-in/read-mail.ts';
import { boundedKey, labelsOf } from '../signal/claim.ts';
import { storableJson } from '../signal/intake-body.ts';
import type { NewSignal } from '../signal/signal.ts';
import type { TicketRule } from './contract.ts';
import { keepThread, lockThreads, selectThread, selectTicketRule } from './store.ts';
import { subjectOf } from './subject-tag.ts';
import { subjectKey, USUAL_TICKET_RULE } from './ticket.ts';

const MAX_DETAILS = 4_000;

/**
 * What a customer writes to the mail address of a source of tickets. A mail belongs to the ticket of the mail that it
 * answers, else to the one whose number it names (`number`, or a tag in its subject), and else to the one that the rule of
 * the source says. It closes nothing: only people and help desks know when a customer has been helped.
 */
export async function signalOfMail(
  database: Database,
  source: AlertSourceRow,
  { mail, number, at }: { readonly mail: Mail; readonly number: string | null; readonly at: Date },
): Promise<NewSignal> {
  await lockThreads(database, source);
  const rule = (await selectTicketRule(database, source)) ?? USUAL_TICKET_RULE;
  const subject = subjectOf(mail.subject);
  const ticket = number ?? subject.number;
  const names = namesOf(mail, ticket);
  const dedupKey = (await selectThread(database, source, names)) ?? keyOf(mail, subject.text, ticket, rule);
  await keepThread(database, source, names, { dedupKey, receivedAt: at });
  const customer = mail.from;
  const title = subject.text === '' ? '(no subject)' : subject.text;
  const labels = {
    ...(ticket === null ? {} : { ticket }),
    ...(customer === null ? {} : { customer, domain: customer.slice(customer.lastIndexOf('@') + 1).toLowerCase() }),
  };
  const payload = `From: ${customer ?? ''}\nSubject: ${mail.subject}\n\n${mail.text}${attachedTo(mail)}`;
  return {
    workspaceId: source.workspaceId,
    scope: source.id,
    dedupKey,
    status: 'firing',
    severity: rule.severity,
    title: ticket === null ? title : `${title} (#${ticket})`,
    origin: 'intake',
    alertSourceId: source.id,
    alertSourceName: source.name,
    monitorId: null,
    serviceId: source.serviceId,
    drill: false,
    source: 'ticket',
    labels: labelsOf(labels),
    url: null,
    evidence: storableJson({
      source: 'ticket',
      details: `From ${customer ?? 'somebody'}:\n${mail.text.slice(0, MAX_DETAILS)}${attachedTo(mail)}`,
    }),
    payload,
    beganAt: at,
    receivedAt: at,
  };
}

/** What a mail can be found by later, the surest first. */
function namesOf({ messageId, answers }: Mail, ticket: string | null): string[] {
  const ids = [...(messageId === null ? [] : [messageId]), ...answers].map((id) => digest(`mail\n${id}`));
  return [...new Set([...ids, ...(ticket === null ? [] : [digest(`ticket\n${ticket.toLowerCase()}`)])])];
}

function keyOf({ messageId }: Mail, subject: string, ticket: string | null, rule: TicketRule): string {
  if (rule.sameBy !== 'ticket') return boundedKey(subjectKey(subject));
  // As the webhook of a help desk names it.
  return boundedKey(ticket === null ? `mail ${digest(messageId ?? randomUUID())}` : `ticket ${ticket}`);
}
