import type { Message } from '#delivery';
import { headlineOf } from '../page/page-news.ts';
import { drillMark, type Page } from '../page/page.ts';

export type NewsReader = {
  readonly userId: string;
  readonly url: string;
  readonly foldId: string;
  readonly nameOf: (userId: string) => string;
  /** Whether the reader has answered a page that needs everybody's answer. */
  readonly hasAnswered: (pageId: string) => boolean;
};

/**
 * One message about all pages that came to a person as one: what became of them, in counts. Null when there is nothing to
 * say: they answered all or the last of them, and read there that none waits any more; or every page went on as another
 * one, of which they hear anyway.
 */
export function foldNews(pages: readonly Page[], reader: NewsReader): Message | null {
  const isTheirs = (page: Page) => page.acknowledgedBy === reader.userId || reader.hasAnswered(page.id);
  const others = pages.filter((page) => !isTheirs(page));
  const isTold = others.some((page) => page.acknowledgedBy !== null || headlineOf(page.stopReason) !== undefined);
  if (!isTold || latest(pages.filter(isTheirs)) >= latest(others)) return null;
  const [first, ...further] = countBy(pages, (page) => whatBecame(page, isTheirs(page), reader.nameOf));
  if (!first) return null;
  const many = pages.length === 1 ? (pages[0]?.title ?? '') : `${pages.length} pages`;
  const drill = pages.every((page) => page.drill);
  const headline = further.length === 0 ? first.words : 'Answered or over';
  const lines = [first, ...further].map(({ words, count }) => `- ${count}: ${words}`);
  return {
    subject: `${drillMark(drill)}${headline}: ${many}`,
    text: [
      ...(drill ? ['DRILL: this was practice.', ''] : []),
      'None of the pages that came to you as one message waits any more. You need to do nothing.',
      ...(further.length === 0 ? [] : ['', ...lines]),
      '',
      reader.url,
    ].join('\n'),
    url: reader.url,
    thread: reader.foldId,
    urgency: 'low',
    payload: {
      event: 'pages.over',
      count: pages.length,
      pages: pages.map(({ id, title, state, alertId, incidentId }) => ({ id, title, state, alertId, incidentId })),
    },
  };
}

function whatBecame(page: Page, isTheirs: boolean, nameOf: (userId: string) => string): string {
  if (isTheirs) return 'You answered';
  if (page.acknowledgedBy !== null) return `${nameOf(page.acknowledgedBy)} is on it`;
  return headlineOf(page.stopReason) ?? `Over, ${page.stopReason ?? 'it was stopped'}`;
}

/** When the last of some pages stopped asking; before all times when there are none. */
function latest(pages: readonly Page[]): number {
  return Math.max(-Infinity, ...pages.map((page) => (page.acknowledgedAt ?? page.stoppedAt)?.getTime() ?? -Infinity));
}

/** The commonest first. */
function countBy(pages: readonly Page[], wordsOf: (page: Page) => string) {
  return [...Map.groupBy(pages, wordsOf)]
    .map(([words, same]) => ({ words, count: same.length }))
    .toSorted((one, other) => other.count - one.count);
}
