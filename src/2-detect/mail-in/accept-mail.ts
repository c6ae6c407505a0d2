import { isOwnMail } from '#delivery';
import type { System } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import { digest } from '#platform/secrets.ts';
import { createAnnouncer } from '../alert/announce-alerts.ts';
import { type AlertSourceRow, selectAlertSourceByKey, updateLastSignal } from '../alert-source/store.ts';
import { gateOf } from '../limit/gate.ts';
import { createReceivedLog } from '../received/note-received.ts';
import { becameOf, sentenceOf } from '../received/received.ts';
import { withSource } from '../signal/claim.ts';
import { storableJson } from '../signal/intake-body.ts';
import type { NewSignal } from '../signal/signal.ts';
import { writeBatch, type WrittenBatch } from '../signal/write-batch.ts';
import { signalOfMail } from '../ticket/mail-ticket.ts';
import type { IgnoredReason } from './contract.ts';
import { attachedTo, type Mail } from './read-mail.ts';
import type { Recipient } from './recipient.ts';
import { countIgnoredMail, insertReceivedMail, selectMailRule } from './store.ts';
import { readSubject, USUAL_RULE } from './subject.ts';

const MAX_DETAILS = 4_000;

export type MailIntake = {
  /** The source of mail or of tickets behind a key, or null. */
  readonly find: (recipient: Recipient) => Promise<AlertSourceRow | null>;
  /**
   * Takes a mail in for all its recipients, in one transaction; what was taken in before (by Message-ID) is not counted
   * again. Resolves after the commit; the number says how many recipients still had a source.
   */
  readonly accept: (recipients: readonly Recipient[], mail: Mail) => Promise<number>;
};

export function createMailIntake(system: System): MailIntake {
  const tellLaterStages = createAnnouncer(system);
  const noteReceived = createReceivedLog(system);
  const gate = gateOf(system);
  const find = (recipient: Recipient) => findIn(system.database, recipient, system.clock.now());
  return {
    find,
    async accept(recipients, mail) {
      const at = system.clock.now();
      const isOurs = mail.deliveryTag !== null && isOwnMail(system.secrets, mail.deliveryTag);
      const { known, heard, written } = await system.database.transaction().execute(async (database) => {
        const heard: Heard[] = [];
        for (const recipient of recipients) {
          const source = await findIn(database, recipient, at);
          if (source === null) continue;
          heard.push({ source, ...(await hear(database, source, { recipient, mail, at, isOurs })) });
          await updateLastSignal(database, source, at);
        }
        const signals = heard.flatMap(({ signal }) => signal ?? []);
        return { known: heard.length, heard, written: await writeBatch(database, signals) };
      });
      tellLaterStages(written.news);
      for (const one of heard) {
        gate.saidMore(one.source, 1);
        noteReceived(one.source, whatBecame(mail, one, written));
      }
      return known;
    },
  };
}

type Heard = {
  readonly source: AlertSourceRow;
  /** Null for a mail that opens and closes nothing: `ignored` says why, unless it came before. */
  readonly signal: NewSignal | null;
  readonly ignored: string | null;
};

const IGNORED: Readonly<Record<IgnoredReason, string>> = {
  'auto-reply': 'A machine answered or wrote by itself: it opens nothing.',
  bounce: 'It says that a mail could not be delivered: it opens nothing.',
  bulk: 'A mass mailing: it opens nothing.',
  ours: 'Allclear itself sent it: it opens nothing, so that no page can cause the next.',
};

/** For people to look at. */
function whatBecame(mail: Mail, { signal, ignored }: Heard, { alertIds, opened }: WrittenBatch) {
  const alertId = (signal && alertIds.get(signal)) ?? null;
  const became = signal === null ? 'ignored' : becameOf(signal.status, alertId, opened.has(signal));
  return {
    format: 'mail',
    outcome: became,
    text: signal === null ? (ignored ?? 'It came before.') : sentenceOf([became]),
    alertIds: alertId === null ? [] : [alertId],
    payload: `From: ${mail.from ?? ''}\nSubject: ${mail.subject}\n\n${mail.text}${attachedTo(mail)}`,
  } as const;
}

async function findIn(database: Database, { key }: Recipient, now: Date): Promise<AlertSourceRow | null> {
  const source = await selectAlertSourceByKey(database, digest(key), now);
  return source?.kind === 'email' || source?.kind === 'ticket' ? source : null;
}

type Sent = { readonly recipient: Recipient; readonly mail: Mail; readonly at: Date; readonly isOurs: boolean };

async function hear(database: Database, source: AlertSourceRow, sent: Sent): Promise<Omit<Heard, 'source'>> {
  const { recipient, mail, at } = sent;
  if (mail.messageId !== null) {
    const name = digest(`${mail.messageId}\n${recipient.dedup ?? ''}`);
    if (!(await insertReceivedMail(database, source, name, at))) return { signal: null, ignored: null };
  }
  const reason = reasonToIgnore(source, sent);
  if (reason !== null) {
    await countIgnoredMail(database, source, reason, at);
    return { signal: null, ignored: IGNORED[reason] };
  }
  if (source.kind === 'ticket') {
    const signal = await signalOfMail(database, source, { mail, number: recipient.dedup, at });
    return { signal, ignored: null };
  }
  const rule = (await selectMailRule(database, source)) ?? USUAL_RULE;
  const reading = readSubject(mail.subject, rule);
  if (reading.outcome === 'ignored') return { signal: null, ignored: 'Its subject is to be ignored.' };
  const signal: NewSignal = {
    workspaceId: source.workspaceId,
    scope: source.id,
    dedupKey: (recipient.dedup ?? reading.key).toWellFormed(),
    status: reading.outcome,
    severity: reading.severity,
    title: reading.title.toWellFormed(),
    origin: 'intake',
    alertSourceId: source.id,
    alertSourceName: source.name,
    monitorId: null,
    serviceId: source.serviceId,
    drill: false,
    source: mail.from,
    labels: storableJson(withSource({}, mail.from)),
    url: null,
    evidence: storableJson({
      source: mail.from,
      details: `${mail.text.slice(0, MAX_DETAILS)}${attachedTo(mail)}`.trim(),
    }),
    payload: `From: ${mail.from ?? ''}\nSubject: ${mail.subject}\n\n${mail.text}${attachedTo(mail)}`,
    beganAt: at,
    receivedAt: at,
  };
  return { signal, ignored: null };
}

/** A tool may well write by itself; only a customer may not, and a message of ours that comes back is none from either. */
function reasonToIgnore({ kind }: AlertSourceRow, { mail, isOurs }: Sent): IgnoredReason | null {
  if (isOurs) return 'ours';
  return kind === 'ticket' ? mail.automatic : null;
}
