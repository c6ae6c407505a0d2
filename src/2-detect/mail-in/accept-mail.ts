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
import type { Mail } from './read-mail.ts';
import type { Recipient } from './recipient.ts';
import { insertReceivedMail, selectMailRule } from './store.ts';
import { readSubject, USUAL_RULE } from './subject.ts';

const MAX_DETAILS = 4_000;

export type MailIntake = {
  /** The source of mail behind a key, or null. */
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
      const { known, heard, written } = await system.database.transaction().execute(async (database) => {
        const heard: { readonly source: AlertSourceRow; readonly signal: NewSignal | null }[] = [];
        for (const recipient of recipients) {
          const source = await findIn(database, recipient, at);
          if (source === null) continue;
          heard.push({ source, signal: await signalFor(database, source, recipient, mail, at) });
          await updateLastSignal(database, source, at);
        }
        const signals = heard.flatMap(({ signal }) => signal ?? []);
        return { known: heard.length, heard, written: await writeBatch(database, signals) };
      });
      tellLaterStages(written.news);
      for (const { source, signal } of heard) {
        gate.saidMore(source, 1);
        noteReceived(source, whatBecame(mail, signal, written));
      }
      return known;
    },
  };
}

/** For people to look at: a mail that is no signal was taken in before, or its subject is to be ignored. */
function whatBecame(mail: Mail, signal: NewSignal | null, { alertIds, opened }: WrittenBatch) {
  const alertId = (signal && alertIds.get(signal)) ?? null;
  const became = signal === null ? 'ignored' : becameOf(signal.status, alertId, opened.has(signal));
  return {
    format: 'mail',
    outcome: became,
    text: signal === null ? 'It came before, or its subject is to be ignored.' : sentenceOf([became]),
    alertIds: alertId === null ? [] : [alertId],
    payload: `From: ${mail.from ?? ''}\nSubject: ${mail.subject}\n\n${mail.text}`,
  } as const;
}

async function findIn(database: Database, { key }: Recipient, now: Date): Promise<AlertSourceRow | null> {
  const source = await selectAlertSourceByKey(database, digest(key), now);
  return source?.kind === 'email' ? source : null;
}

async function signalFor(
  database: Database,
  source: AlertSourceRow,
  recipient: Recipient,
  mail: Mail,
  at: Date,
): Promise<NewSignal | null> {
  if (mail.messageId !== null) {
    const name = digest(`${mail.messageId}\n${recipient.dedup ?? ''}`);
    if (!(await insertReceivedMail(database, source, name, at))) return null;
  }
  const rule = (await selectMailRule(database, source)) ?? USUAL_RULE;
  const reading = readSubject(mail.subject, rule);
  if (reading.outcome === 'ignored') return null;
  return {
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
    evidence: storableJson({ source: mail.from, details: mail.text.slice(0, MAX_DETAILS) }),
    payload: `From: ${mail.from ?? ''}\nSubject: ${mail.subject}\n\n${mail.text}`,
    beganAt: at,
    receivedAt: at,
  };
}
