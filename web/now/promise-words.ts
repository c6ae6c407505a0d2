import type { PromiseKind } from '#declare/contract';

const words: Record<PromiseKind, string> = {
  'first-update': 'first public update',
  'next-update': 'next public update',
  'role-vacancy': 'somebody takes command',
  acknowledge: 'somebody acknowledges',
  postmortem: 'postmortem',
  'action-item': 'action item',
};

/** What is owed, in the words of the screens. */
export function promiseWords(kind: PromiseKind): string {
  return words[kind];
}
