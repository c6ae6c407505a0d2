import { readJson } from '../signal/intake-body.ts';
import type { Mapping, Trial } from './contract.ts';
import { applyMapping, compileMapping } from './mapping.ts';
import { subscriptionIn } from './subscription.ts';

const bytesOf = new TextEncoder();

/** What a payload would become by a mapping, in the words of a screen. Stores nothing. */
export function tryOn(mapping: Mapping, payload: string): Trial {
  const read = readJson(bytesOf.encode(payload.toWellFormed()));
  if (!read.ok) return { outcome: 'refused', message: sentence(read.errors), fields: [], signal: null };
  if (subscriptionIn(read.value) !== null) {
    const message = 'This asks to confirm a subscription of Amazon SNS; it would be shown here for you to confirm.';
    return { outcome: 'ignored', message, fields: [], signal: null };
  }
  const mapped = applyMapping(compileMapping(mapping), read.value);
  const { outcome, fields } = mapped;
  const shown = [...fields];
  switch (outcome) {
    case 'refused':
      return { outcome, message: sentence(mapped.errors), fields: shown, signal: null };
    case 'ignored':
      return { outcome, message: mapped.why, fields: shown, signal: null };
    default:
      return {
        outcome,
        message: outcome === 'firing' ? 'This opens an alert, or counts on the open one.' : 'This closes the alert.',
        fields: shown,
        signal: mapped.body,
      };
  }
}

function sentence(errors: readonly { readonly path: string; readonly message: string }[]): string {
  return `The payload ${errors
    .slice(0, 5)
    .map(({ message }) => message)
    .join('; ')}.`;
}
