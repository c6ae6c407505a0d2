import type { Message } from '#delivery';
import { secondsBetween } from '#kernel/duration.ts';
import { mailHtml } from './mail-html.ts';
import { drillMark } from './page.ts';
import { aboutLines, latenessOf, lateLine, payloadAbout, subjectOf, whatHappens } from './page-message.ts';
import type { PageStory } from './page-story.ts';

/** Where it is read; the link leads to the page in Allclear, since nobody can say who will open it. */
export type Place = { readonly name: string; readonly timeZone: string; readonly url: string };

/**
 * What a team channel reads of a page: the same as the people, without what concerns one of them. Whoever presses a
 * button where there are some answers for themselves; elsewhere the page itself is opened.
 */
export function postMessage(story: PageStory, place: Place, now: Date, dueAt: Date = now): Message {
  const { page } = story;
  const { timeZone, url, name } = place;
  const late = latenessOf(dueAt, now);
  const body = [
    ...lateLine(story, late, dueAt, place, now),
    ...aboutLines(story, timeZone, now),
    '',
    askedSoFar(story),
    whatHappens(story, null, timeZone, now),
    `Here because: step ${page.step + 1} of “${page.policyName}”.`,
  ];
  return {
    subject: `${drillMark(page.drill)}${subjectOf(story)}${late === null ? '' : ` (late: ${late})`}`,
    text: [...body, '', url].join('\n'),
    html: mailHtml(page.title, body, { label: 'Open the page …', url }),
    url,
    thread: page.id,
    urgency: page.urgency,
    actions: [{ kind: 'view', label: 'Open', url }],
    payload: {
      ...payloadAbout(story),
      channel: name,
      pageUrl: url,
      lateSeconds: late === null ? 0 : secondsBetween(dueAt, now),
    },
  };
}

function askedSoFar({ askedUserIds, nameOf }: PageStory): string {
  const names = askedUserIds.map((userId) => nameOf(userId));
  return names.length === 0 ? 'Nobody has been paged so far.' : `Paged: ${names.join(', ')}.`;
}
