import type { Message } from '#delivery';
import { mailHtml } from '../page/mail-html.ts';
import { drillMark } from '../page/page.ts';
import type { Page } from '../page/page.ts';
import { WINDOW_SECONDS } from './fold-clock.ts';

/** So many are named; the list behind the link has all of them. */
const NAMED = 20;
const CAUSES = 3;

export type FoldReader = {
  readonly foldId: string;
  readonly url: string;
  readonly serviceName: (serviceId: string) => string | null;
};

/** `12 more pages wait for you`. */
export function foldSubject(count: number): string {
  return count === 1 ? '1 more page waits for you' : `${count} more pages wait for you`;
}

/** One message in the place of many pages: how many, what most of them are about, which they are, one button for all. */
export function foldMessage(pages: readonly Page[], { foldId, url, serviceName }: FoldReader): Message {
  const drill = pages.every((page) => page.drill);
  const [first] = pages;
  const subject = `${drillMark(drill)}${foldSubject(pages.length)}${first === undefined ? '' : `: ${titleOf(first)}`}`;
  const named = pages.slice(0, NAMED).map((page) => `- ${titleOf(page)}`);
  const rest = pages.length > NAMED ? [`… and ${pages.length - NAMED} more.`] : [];
  const causes = causesOf(pages, serviceName);
  const body = [
    `You have had many pages in ${WINDOW_SECONDS / 60} minutes, so these come as one message. Each waits for an answer of its own.`,
    ...(causes === '' ? [] : [`Most of them: ${causes}.`]),
    '',
    ...named,
    ...rest,
    '',
    `Open or acknowledge them: ${url}`,
    '(The link only shows them; its button acknowledges.)',
  ];
  const label = pages.length === 1 ? 'Acknowledge' : `Acknowledge all ${pages.length}`;
  return {
    subject,
    text: body.join('\n'),
    html: mailHtml(foldSubject(pages.length), body, { label: 'Open the list …', url }),
    brief: [...(causes === '' ? [] : [causes]), ...pages.slice(0, CAUSES).map(titleOf)],
    onlyAcknowledge: true,
    url,
    thread: foldId,
    urgency: pages.some(({ urgency }) => urgency === 'high') ? 'high' : 'low',
    actions: [
      { kind: 'http', label, url },
      { kind: 'view', label: 'Open', url },
    ],
    payload: {
      event: 'pages',
      count: pages.length,
      pages: pages.map(({ id, title, severity, alertId, incidentId }) => ({
        id,
        title,
        severity,
        alertId,
        incidentId,
      })),
      acknowledgeUrl: url,
    },
    mask: [url],
  };
}

function titleOf({ severity, title, drill }: Page): string {
  return `${drillMark(drill)}[${severity ?? 'PAGE'}] ${title}`;
}

/** `Checkout (8), Search (3)`: the services that most pages are about. */
function causesOf(pages: readonly Page[], serviceName: FoldReader['serviceName']): string {
  const counts = new Map<string, number>();
  for (const { serviceId } of pages) {
    const name = serviceId === null ? null : serviceName(serviceId);
    if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const most = [...counts].filter(([, count]) => count > 1).toSorted(([, a], [, b]) => b - a);
  return most
    .slice(0, CAUSES)
    .map(([name, count]) => `${name} (${count})`)
    .join(', ');
}
