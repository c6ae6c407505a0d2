import type { System } from '#platform/ctx.ts';
import { SEND_TIMEOUT_MS } from '../delivery/delivery.ts';
import type { Message } from '../delivery/message.ts';
import type { Addressed, SendOutcome } from './channel.ts';
import { askReceiver, isGood, refusedBy } from './http-outcome.ts';

/**
 * Posts an Adaptive Card (https://adaptivecards.io/explorer/) to the trigger “When a Teams webhook request is received” of
 * a workflow, which shows it in a chat or a channel. Nothing comes back but that it was taken.
 */
export async function sendTeams(
  system: System,
  { delivery, message, allowedTargets }: Addressed,
): Promise<SendOutcome> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(teamsMessage(message)),
    timeoutMs: SEND_TIMEOUT_MS,
    allowedTargets,
  };
  return askReceiver(system, delivery.address, request, (response) => {
    if (isGood(response)) return { ok: true, providerId: null };
    const refusal = refusedBy(delivery.address, response);
    if (!/"code"\s*:\s*"WorkflowNotFound"/.test(response.body)) return refusal;
    return { ...refusal, permanent: true, gone: true, why: 'The workflow exists no more in Teams.' };
  });
}

const MAX_SUBJECT = 250;
/** Teams refuses messages beyond 28 KB. */
const MAX_TEXT = 6_000;
const MAX_LINES = 60;
/** Written with six bytes each, and seen by nobody. */
const CONTROLS = /[^\P{Cc}\n]/gu;

/**
 * Text runs, since a text block would read Markdown. A button can only open a page here; that page's own button acts, so
 * nothing that looks at links acknowledges anything.
 */
export function teamsMessage(message: Message) {
  const { url } = message;
  const subject = message.subject.replace(CONTROLS, ' ').slice(0, MAX_SUBJECT);
  const lines = message.text
    .replace(CONTROLS, ' ')
    .slice(0, MAX_TEXT)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && (url === undefined || !line.includes(url)))
    .slice(0, MAX_LINES);
  const content = {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.4',
    fallbackText: subject.toWellFormed(),
    msteams: { width: 'Full' },
    body: [textRun(subject, { weight: 'bolder', size: 'large' }), ...lines.map((line) => textRun(line, {}))],
    actions: buttonsOf(message),
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

function textRun(text: string, look: { readonly weight?: string; readonly size?: string }) {
  return {
    type: 'RichTextBlock',
    spacing: 'small',
    inlines: [{ type: 'TextRun', text: text.toWellFormed(), ...look }],
  };
}

/** One button for each place to go; what acts is named as what it does, and opens the page that does it. */
function buttonsOf({ actions = [], url }: Message) {
  const wanted = actions.map((action) => ({
    title: action.kind === 'http' ? `${action.label} …` : action.label,
    url: action.url,
  }));
  const all = url === undefined ? wanted : [...wanted, { title: 'Open', url }];
  const first = [...new Map(all.toReversed().map((one) => [one.url, one])).values()].toReversed();
  return first.map((one) => ({ type: 'Action.OpenUrl', ...one }));
}
