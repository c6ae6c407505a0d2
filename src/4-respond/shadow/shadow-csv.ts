import { toCsv } from '#kernel/csv.ts';
import type { ShadowPageView } from './contract.ts';

const HEAD = [
  'at',
  'alert',
  'title',
  'source',
  'policy',
  'person',
  'channel',
  'step',
  'due',
  'sent',
  'why nobody',
] as const;

/** What would have been paged as comma-separated values, a line for each message; times in UTC. */
export function shadowCsv(pages: readonly ShadowPageView[]): string {
  return toCsv(
    HEAD,
    pages.flatMap((page) => {
      const about = [page.at, page.alertId, page.alertTitle, page.alertSourceName, page.policyName];
      if (page.messages.length === 0) return [[...about, null, null, null, null, null, page.why]];
      return page.messages.map((message) => [
        ...about,
        message.userName,
        message.kind,
        message.step,
        message.at,
        message.due ? 'would have been sent' : 'was over before',
        null,
      ]);
    }),
  );
}
