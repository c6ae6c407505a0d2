import { randomUUID } from 'node:crypto';
import type { Database } from '#platform/database.ts';
import { digest } from '#platform/secrets.ts';
import type { AlertSourceRow } from '../alert-source/store.ts';
import { attachedTo, type Mail } from '../mail-in/read-mail.ts';
import { boundedKey, labelsOf } from '../signal/claim.ts';
import { storableJson } from '../signal/intake-body.ts';
import type { NewSignal } from '../signal/signal.ts';
import type { TicketRule } from './contract.ts';
import { keepThread, lockThreads, prolongThread, selectThread, selectTicketRule } from './store.ts';
import { subjectOf } from './subject-tag.ts';
import { subjectKey, USUAL_TICKET_RULE } from './ticket.ts';

const MAX_DETAILS = 4_000;

/**
 * What a customer writes to the mail address of a source of tickets. A mail belongs to the ticket of the mail that it
 * answers, else to the one whose number it names (`number`, or a tag in its subject), and else to the one that the rule of
 * the source says. It closes nothing: only people and help desks know when a customer has been helped.
 *
 * Anybody may write here, and others' mails must not be drawn to theirs: so a mail is remembered by its own id, and by the
 * number in the address, which the help desk chose. What else it names, in its subject or among the mails that it answers,
 * its sender may have made up.
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
  const own = mail.messageId === null ? [] : [nameOfMail(mail.messageId)];
  const named = ticket === null ? [] : [nameOfNumber(ticket)];
  const names = [...own, ...mail.answers.map(nameOfMail), ...named];
  const thread = await selectThread(database, source, names);
  const dedupKey = thread ?? keyOf(mail, subject.text, ticket, rule);
  await prolongThread(database, source, names, { dedupKey, receivedAt: at });
  const kept = thread === null && number !== null ? [...own, nameOfNumber(number)] : own;
  await keepThread(database, source, kept, { dedupKey, receivedAt: at });
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

const nameOfMail = (id: string) => digest(`mail\n${id}`);
const nameOfNumber = (ticket: string) => digest(`ticket\n${ticket.toLowerCase()}`);

function keyOf({ messageId }: Mail, subject: string, ticket: string | null, rule: TicketRule): string {
  if (rule.sameBy !== 'ticket') return boundedKey(subjectKey(subject));
  // As the webhook of a help desk names it.
  return boundedKey(ticket === null ? `mail ${digest(messageId ?? randomUUID())}` : `ticket ${ticket}`);
}
