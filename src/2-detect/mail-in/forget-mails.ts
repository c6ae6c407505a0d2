import { DAY_MS } from '#kernel/duration.ts';
import type { Rule } from '#platform/rule.ts';
import { deleteTicketMail } from '../ticket/store.ts';
import { deleteReceivedMail } from './store.ts';

/** Mail servers give up after five days; nothing comes again after this. */
const REMEMBERED_MS = 14 * DAY_MS;
/** A conversation that rests for longer begins anew. */
const THREAD_MS = 90 * DAY_MS;

/** Forgets which mails were taken in, once nobody would send them again. */
export const forgetMailsRule: Rule = {
  name: 'mail-in.forget',
  async run(system, now) {
    await deleteReceivedMail(system.database, new Date(now.getTime() - REMEMBERED_MS));
    await deleteTicketMail(system.database, new Date(now.getTime() - THREAD_MS));
  },
};
