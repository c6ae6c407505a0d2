import { randomBytes, randomUUID } from 'node:crypto';
import { newSecret } from '#platform/ids.ts';
import type { AlertSourceKind } from './contract.ts';

/** An unguessable key in the shape that senders of a kind expect; some refuse any other. */
export function newKey(kind: AlertSourceKind): string {
  switch (kind) {
    case 'pagerduty':
      return randomBytes(16).toString('hex');
    case 'opsgenie':
      return randomUUID();
    case 'email':
    case 'ticket':
      // The part of a mail address before the @ may have 64 characters, and the key of an alert must fit in as well.
      return newSecret('in', 16);
    default:
      return newSecret('in');
  }
}
