import type { ScheduleOverrideView } from '#respond/contract';
import type { Bar } from './rows.ts';
import { apart } from './words.ts';

type NameOf = (userId: string) => string;

/** What a bar is, in words: who is on call, or why nobody is. */
export function saidOf(bar: Bar, nameOf: NameOf): string {
  const people = bar.userIds.map((id) => apart(nameOf(id))).join(' and ');
  switch (bar.kind) {
    case 'shift':
      return people;
    case 'planned':
      return `${people}, planned`;
    case 'changed':
      return `${people}, by an override`;
    case 'gap':
      return 'Nobody on call';
    case 'before':
      return 'Not begun yet';
    case 'open':
      return 'A turn left open';
    case 'shadow':
      return `${people}, looking on, not paged`;
    case 'override':
      return bar.override === null ? '' : overrideWords(bar.override, nameOf);
  }
}

/** `Sam for Kofi · dentist`. */
export function overrideWords(override: ScheduleOverrideView, nameOf: NameOf): string {
  const { kind, replacedUserId, reason } = override;
  const who = apart(nameOf(override.userId));
  const what = {
    add: `${who} too`,
    remove: `without ${who}`,
    replace: `${who} for ${replacedUserId === null ? 'everybody' : apart(nameOf(replacedUserId))}`,
  }[kind];
  return reason === null ? what : `${what} · ${apart(reason)}`;
}
