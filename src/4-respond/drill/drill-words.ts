import { CHANNEL_WORDS } from '../contact-method/channel-words.ts';
import { formatDuration } from '#kernel/duration.ts';
import type { DrillMethodView, DrillPersonState } from './contract.ts';

export type DrillOutcome = {
  readonly state: DrillPersonState;
  readonly why: string | null;
  readonly seenSeconds: number | null;
  readonly answeredSeconds: number | null;
  readonly answeredByChannel: string | null;
  readonly methods: readonly DrillMethodView[];
};

/** "web push after 1 s, SMS after 2 s (rang after 4 s), acknowledged after 22 s in the notification" */
export function drillWords(outcome: DrillOutcome): string {
  const { state, why } = outcome;
  switch (state) {
    case 'left-out':
      return `left out: ${lower(why)}`;
    case 'unreachable':
      return `nothing could be sent: ${why ?? ''}`.replace(/[.: ]+$/, '');
    case 'ended':
      return [...outcome.methods.filter(wentOut).flatMap(methodWords), `ended: ${lower(why)}`].join(', ');
    case 'running':
      return [...outcome.methods.flatMap(methodWords), 'not acknowledged yet'].join(', ');
    case 'missed':
      return [...outcome.methods.flatMap(methodWords), ...seen(outcome), 'did not acknowledge'].join(', ');
    case 'answered':
      return [...outcome.methods.flatMap(methodWords), answer(outcome)].join(', ');
  }
}

const wentOut = ({ handedOverSeconds }: DrillMethodView) => handedOverSeconds !== null;

/** What has not been due says nothing. */
function methodWords({ kind, state, why, handedOverSeconds, rangSeconds }: DrillMethodView): string[] {
  const name = CHANNEL_WORDS[kind];
  if (handedOverSeconds !== null) {
    const verb = kind === 'voice' ? 'picked up' : 'arrived';
    const rang = rangSeconds === null ? '' : ` (${verb} ${after(rangSeconds)})`;
    return [`${name} ${after(handedOverSeconds)}${rang}`];
  }
  if (state === 'failed' || state === 'held') return [`${name} failed${why === null ? '' : `: ${lower(why)}`}`];
  return state === 'queued' || state === 'sending' ? [`${name} under way`] : [];
}

function seen({ seenSeconds }: DrillOutcome): string[] {
  return seenSeconds === null ? [] : [`its link opened ${after(seenSeconds)}`];
}

function after(seconds: number): string {
  return seconds < 1 ? 'at once' : `after ${formatDuration(seconds)}`;
}

const WHERE: Readonly<Record<string, string>> = {
  link: 'by its link or button',
  push: 'in the notification',
  web: 'in Allclear',
  api: 'by the API',
  cli: 'on the command line',
  voice: 'on the telephone',
};

function answer({ answeredSeconds, answeredByChannel: channel }: DrillOutcome): string {
  const words: Readonly<Record<string, string>> = CHANNEL_WORDS;
  const where = channel === null ? '' : ` ${WHERE[channel] ?? `by ${words[channel] ?? channel}`}`;
  return `acknowledged ${after(answeredSeconds ?? 0)}${where}`;
}

function lower(why: string | null): string {
  return (why ?? '').replace(/\.$/, '').replace(/^(They|Another|It|The|Whom)\b/, (word) => word.toLowerCase());
}
