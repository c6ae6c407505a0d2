import { causeWords } from '#detect';
import type { Message } from '#delivery';
import { formatDuration, secondsBetween } from '#kernel/duration.ts';
import { clockTime } from './clock-time.ts';
import { DRILL_BRIEF, drillLines, drillSubject } from './drill-message.ts';
import { factLines, factsPayload, readFacts } from './evidence.ts';
import { mailHtml } from './mail-html.ts';
import { drillMark } from './page.ts';
import type { PageStory } from './page-story.ts';

/** What waited for longer says so. */
const LATE_SECONDS = 60;
/** A call reads all of it aloud. */
const BRIEF_FIELDS = 2;

export type Recipient = { readonly userId: string; readonly timeZone: string; readonly acknowledgeUrl: string };

/** What somebody reads at three in the morning: what, how bad, since when, what to press, who else, what happens next. */
export function pageMessage(story: PageStory, recipient: Recipient, now: Date, dueAt: Date = now): Message {
  const { page } = story;
  const isDrill = page.cause === 'drill';
  const { acknowledgeUrl, timeZone } = recipient;
  const late = latenessOf(dueAt, now);
  const said = isDrill ? drillLines(page, acknowledgeUrl, timeZone, now) : lines(story, recipient, now);
  const body = [...lateLine(story, late, dueAt, recipient, now), ...said];
  const subject = isDrill ? drillSubject(page) : `${drillMark(page.drill)}${subjectOf(story)}`;
  const brief = isDrill ? DRILL_BRIEF : briefOf(story, recipient, now);
  return {
    subject: `${subject}${late === null ? '' : ` (late: ${late})`}`,
    text: body.join('\n'),
    html: mailHtml(page.title, body, { label: 'Acknowledge …', url: acknowledgeUrl }),
    brief: [...(late === null ? [] : [`Late: ${late}`]), ...brief],
    ...(isDrill ? { onlyAcknowledge: true } : {}),
    url: acknowledgeUrl,
    thread: page.id,
    urgency: page.urgency,
    actions: [
      { kind: 'http', label: 'Acknowledge', url: acknowledgeUrl },
      { kind: 'view', label: 'Open', url: acknowledgeUrl },
    ],
    payload: { ...payloadOf(story, recipient), lateSeconds: late === null ? 0 : secondsBetween(dueAt, now) },
    mask: [acknowledgeUrl],
  };
}

/** `61 min`; null for what is not late. */
export function latenessOf(dueAt: Date, now: Date): string | null {
  const seconds = secondsBetween(dueAt, now);
  return seconds > LATE_SECONDS ? `${Math.round(seconds / 60)} min` : null;
}

export function lateLine(
  { unchecked }: Pick<PageStory, 'unchecked'>,
  late: string | null,
  dueAt: Date,
  { timeZone }: Pick<Recipient, 'timeZone'>,
  now: Date,
): string[] {
  if (late === null) return [];
  const how = unchecked ? 'the monitor has not been checked since, so it may be over' : 'this is how it is now';
  return [`Late: ${late}. It was due at ${clockTime(dueAt, timeZone, now)} and did not get out; ${how}.`];
}

/** The facts that an SMS or a call has room for, most important first. What others wrote begins as such: no mark is heard in a call. */
function briefOf(
  { alert, group, incident, page, serviceName }: PageStory,
  { timeZone }: Pick<Recipient, 'timeZone'>,
  now: Date,
): string[] {
  const { summary, lines: written, source, fields } = readFacts(alert);
  const what = summary ?? written[0] ?? null;
  const since = alert?.firstSeenAt ?? incident?.detectedAt ?? page.createdAt;
  return [
    // What many have in common says more than what one of them is about.
    ...(group && group.causes.length > 0 ? [capitalise(causeWords(group))] : []),
    ...(serviceName ? [`Service: ${serviceName}`] : []),
    ...(what ? [isOurs(alert) ? capitalise(what) : `It says: ${what}`] : []),
    `Since ${clockTime(since, timeZone, now)}`,
    ...(source ? [`From ${source}`] : []),
    ...fields.slice(0, BRIEF_FIELDS).map(({ name, value }) => `It says ${name}: ${value}`),
  ];
}

/** `[SEV1] checkout/eu is down`, or `[PAGE] …` while nothing is declared. */
export function subjectOf({ page, incident }: PageStory): string {
  const again = page.cycle > 0 ? `again (${page.cycle + 1}): ` : '';
  return `[${incident?.severity ?? page.severity ?? 'PAGE'}] ${again}${page.title}`;
}

function lines(story: PageStory, { userId, timeZone, acknowledgeUrl }: Recipient, now: Date): string[] {
  return [
    ...aboutLines(story, timeZone, now),
    '',
    `Acknowledge: ${acknowledgeUrl}`,
    '(The link only shows the page; its button acknowledges.)',
    '',
    alsoAsked(story, userId),
    whatHappens(story, userId, timeZone, now),
    `Why you: ${whyYou(story.page)}.`,
  ];
}

/** What is wrong, since when and where, in the words that everybody reads. */
export function aboutLines(story: PageStory, timeZone: string, now: Date): string[] {
  const { page, alert, group, incident, serviceName } = story;
  const facts = readFacts(alert);
  const since = alert?.firstSeenAt ?? incident?.detectedAt ?? page.createdAt;
  const elapsed = formatDuration(Math.max(0, secondsBetween(since, now)));
  return [
    ...(page.drill ? ['DRILL: this is practice, nothing is broken. Answer as if it were.', ''] : []),
    ...(page.note === null ? [] : [`${page.policyName}: ${page.note}`]),
    ...(facts.summary ? [isOurs(alert) ? capitalise(facts.summary) : `> ${facts.summary}`] : []),
    `Since ${clockTime(since, timeZone, now)}, ${elapsed} ago.`,
    ...(group ? [`It asks for ${group.count} alerts so far, ${group.open} of them open.`] : []),
    ...(group && group.causes.length > 0 ? [`${capitalise(causeWords(group))}.`] : []),
    ...(serviceName ? [`Service: ${serviceName}`] : []),
    ...(facts.source ? [`From: ${facts.source}`] : []),
    ...(incident ? [`Incident: ${incident.reference}, ${incident.severity}`] : []),
    ...(facts.phases ? [facts.phases] : []),
    ...(facts.said ? [`It said: ${facts.said}`] : []),
    ...factLines(facts),
  ];
}

/** What made the page ask its reader, as the end of a sentence. */
export function whyYou({ cause, step, policyName, policyVersion }: PageStory['page']): string {
  if (cause === 'drill') return 'a drill of yours';
  if (cause === 'by-hand') return `${policyName} for you by hand`;
  const version = policyVersion === null ? '' : `, version ${policyVersion}`;
  return `step ${step + 1} of the escalation policy “${policyName}”${version}`;
}

function alsoAsked({ askedUserIds, nameOf }: PageStory, userId: string): string {
  const others = askedUserIds.filter((id) => id !== userId).map((id) => nameOf(id));
  return others.length === 0 ? 'Nobody else has been paged so far.' : `Also paged: ${others.join(', ')}.`;
}

/** "If nobody acknowledges by 14:07 UTC (in 5 m 00 s), Bob is paged." */
export function whatHappens({ next, nameOf }: PageStory, userId: string | null, timeZone: string, now: Date): string {
  if (!next) return 'If nobody acknowledges, nobody else is paged.';
  const people = next.userIds.map((id) => (id === userId ? 'you' : nameOf(id)));
  const deadline = `by ${clockTime(next.at, timeZone, now)} (in ${formatDuration(Math.max(0, secondsBetween(now, next.at)))})`;
  if (people.length === 0) return `If nobody acknowledges ${deadline}, there is nobody else who could be paged.`;
  const verb = people.length === 1 && people[0] !== 'you' ? 'is' : 'are';
  return `If nobody acknowledges ${deadline}, ${people.join(', ')} ${verb} paged${next.again ? ' again' : ''}.`;
}

function payloadOf(story: PageStory, { userId, acknowledgeUrl }: Recipient) {
  const about = payloadAbout(story);
  return { ...about, page: { ...about.page, userId }, acknowledgeUrl };
}

/** What programs read of a page, whoever it is sent to. */
export function payloadAbout({ page, alert, incident, serviceName }: PageStory) {
  return {
    event: 'page',
    drill: page.drill,
    page: {
      id: page.id,
      title: page.title,
      severity: page.severity,
      step: page.step + 1,
      cycle: page.cycle + 1,
    },
    alert: alert && {
      id: alert.id,
      title: alert.title,
      severity: alert.severity,
      dedupKey: alert.dedupKey,
      ...factsPayload(alert),
    },
    incident: incident && { id: incident.id, reference: incident.reference, severity: incident.severity },
    service: serviceName,
  };
}

/** Whether what is said of an alert is what a monitor or heartbeat of ours found, or an SLO, and not the words of a sender. */
function isOurs(alert: PageStory['alert']): boolean {
  return alert?.source === 'monitor' || alert?.source === 'heartbeat' || alert?.source === 'slo';
}

function capitalise(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
