import { type Path, readPath } from '../mapping/path.ts';
import type { TicketRule } from './contract.ts';
import { withoutAnswer } from './subject-tag.ts';

/** What is wanted of a ticket, whichever help desk sent it. */
export type Ticket = {
  readonly id: string;
  readonly subject: string;
  readonly url: string | null;
  /** How many people ask for the same, as far as the help desk knows. */
  readonly requesters: number;
  readonly component: string | null;
  readonly description: string | null;
  /** Solved or closed. */
  readonly over: boolean;
};

export type ReadTicket =
  | { readonly ok: true; readonly ticket: Ticket }
  | { readonly ok: false; readonly errors: readonly { readonly path: string; readonly message: string }[] };

export const USUAL_TICKET_RULE: TicketRule = { sameBy: 'subject', severity: 'warning' };

/*
 * Where each help desk puts its fields; the first that is there is taken. Zendesk's events have a `subject` of their own
 * (`zen:ticket:1`) beside the ticket in `detail`, so the wrapped ones come first.
 */
const FRESHDESK = 'freshdesk_webhook';
const PATHS = {
  id: [['detail', 'id'], [FRESHDESK, 'ticket_id'], ['ticket', 'id'], ['ticket_id'], ['ticketId'], ['number'], ['id']],
  subject: [['detail', 'subject'], [FRESHDESK, 'ticket_subject'], ['ticket', 'subject'], ['subject'], ['title']],
  url: [[FRESHDESK, 'ticket_url'], ['ticket', 'url'], ['_links', 'web', 'href'], ['url'], ['link']],
  requesters: [['ticket', 'requesters'], ['requesters'], ['requester_count'], ['requesterCount']],
  component: [['ticket', 'component'], [FRESHDESK, 'ticket_component'], ['component'], ['product']],
  description: [
    ['detail', 'description'],
    [FRESHDESK, 'ticket_description'],
    ['ticket', 'description'],
    ['description'],
    ['preview'],
  ],
  status: [['detail', 'status'], [FRESHDESK, 'ticket_status'], ['ticket', 'status'], ['status']],
} as const satisfies Record<string, readonly Path[]>;

const OVER = new Set(['solved', 'closed', 'resolved']);
const MAX_SUBJECT = 400;

/** Reads what a help desk sent. Refuses what has no id or no subject, and says where it looked. */
export function readTicket(body: unknown): ReadTicket {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return {
      ok: false,
      errors: [{ path: 'body', message: 'expected a JSON object such as {"id": 7, "subject": "…"}' }],
    };
  const id = textAt(body, PATHS.id, 100);
  const subject = textAt(body, PATHS.subject, MAX_SUBJECT);
  if (id === null || subject === null) {
    const missing = id === null ? 'id' : 'subject';
    const message = `has no ${missing} of a ticket; looked at ${PATHS[missing].map((path) => path.join('.')).join(', ')}`;
    return { ok: false, errors: [{ path: 'body', message }] };
  }
  const url = textAt(body, PATHS.url, 2_000);
  const requesters = Number(textAt(body, PATHS.requesters, 20) ?? 1);
  return {
    ok: true,
    ticket: {
      id,
      subject,
      url: url !== null && /^https?:$/.test(URL.parse(url)?.protocol ?? '') ? url : null,
      requesters: Number.isSafeInteger(requesters) && requesters > 0 ? requesters : 1,
      component: textAt(body, PATHS.component, 100),
      description: textAt(body, PATHS.description, 4_000, true),
      over: OVER.has(textAt(body, PATHS.status, 40)?.toLowerCase() ?? ''),
    },
  };
}

function textAt(body: unknown, paths: readonly Path[], max: number, lines = false): string | null {
  for (const path of paths) {
    const value = readPath(body, path);
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const text = String(value).toWellFormed().replaceAll('\0', '\ufffd').trim();
    if (text !== '') return (lines ? text : text.replace(/\s+/g, ' ')).slice(0, max).toWellFormed();
  }
  return null;
}

/** The key of the alert that a ticket belongs to. */
export function ticketKey(ticket: Ticket, rule: TicketRule): string {
  if (rule.sameBy === 'ticket') return `ticket ${ticket.id}`;
  if (rule.sameBy === 'component' && ticket.component !== null) return `component ${ticket.component.toLowerCase()}`;
  return subjectKey(ticket.subject);
}

/** The same for a subject and for what answers it. */
export function subjectKey(subject: string): string {
  const bare = withoutAnswer(subject).toLowerCase();
  return `subject ${bare === '' ? subject.toLowerCase() : bare}`;
}

/**
 * What a ticket says of its alert. One that is solved closes it only when it is the alert's one ticket; among several
 * that are about the same it says nothing of the others.
 */
export function outcomeOf(ticket: Ticket, rule: TicketRule): 'firing' | 'resolved' | 'ignored' {
  if (!ticket.over) return 'firing';
  return rule.sameBy === 'ticket' ? 'resolved' : 'ignored';
}
