import { DAY_MS } from '#kernel/duration.ts';
import type { Rule } from '#platform/rule.ts';
import { deleteReceivedMail } from './store.ts';

/** Mail servers give up after five days; nothing comes again after this. */
const REMEMBERED_MS = 14 * DAY_MS;

/** Forgets which mails were taken in, once nobody would send them again. */
export const forgetMailsRule: Rule = {
  name: 'mail-in.forget',
  run: (system, now) => deleteReceivedMail(system.database, new Date(now.getTime() - REMEMBERED_MS)),
};
