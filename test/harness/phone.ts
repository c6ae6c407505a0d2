import { expect } from 'vitest';
import type { Clock } from '#platform/clock.ts';
import type { NtfyMessage } from './ntfy.ts';
import type { ReceivedMail } from './smtp.ts';
import type { ReceivedWebhook } from './webhook-sink.ts';

type Channel = 'ntfy' | 'mail' | 'hook';

/** One message that somebody got, with the story's time of its arrival. */
type Arrived = {
  readonly at: Date;
  readonly who: string;
  readonly channel: Channel;
  readonly subject: string;
  readonly text: string;
  /** Where its button or its link leads; empty when it has none. */
  readonly link: string;
};

export type Sinks = {
  readonly ntfy: { readonly messages: readonly NtfyMessage[] };
  readonly smtp: { readonly mails: readonly ReceivedMail[] };
  readonly hook: { readonly received: readonly ReceivedWebhook[] };
};

/** Everybody's phones at once: what no test expects is a failure, whoever got it and by whatever channel. */
export type Phones = {
  /** Gives an address (a topic, a mail address, the path of a webhook) the name of the person who reads it. */
  readonly belongs: (address: string, name: string) => void;
  /** Dates what came since the last look with the story's clock; a story looks after every step. */
  readonly collect: () => void;
  /**
   * Everything that came since the last call, in the order of time, as `03:05:00 Ann mail [PAGE] shop is down`; on
   * another day than the first with `11-26 ` in front. Fails on one message more or less.
   */
  readonly expect: (lines: readonly string[]) => void;
  /** Passes over what came so far, for setting the scene. */
  readonly forget: () => void;
  /** The newest message of a person, read or not. */
  readonly last: (name: string, channel?: Channel) => Arrived;
};

export function createPhones(sinks: Sinks, clock: Clock): Phones {
  const names = new Map<string, string>();
  const all: Arrived[] = [];
  const firstDay = dayOf(clock.now());
  let read = 0;
  const seen = { ntfy: 0, mail: 0, hook: 0 };

  function collect() {
    const at = clock.now();
    const keep = (channel: Channel, address: string, rest: Pick<Arrived, 'subject' | 'text' | 'link'>) =>
      all.push({ at, who: names.get(address) ?? address, channel, ...rest });
    for (const { topic, title, message, click } of sinks.ntfy.messages.slice(seen.ntfy))
      keep('ntfy', topic, { subject: title, text: message, link: click ?? '' });
    for (const { to, subject, text, links } of sinks.smtp.mails.slice(seen.mail))
      keep('mail', to, { subject, text, link: links[0] ?? '' });
    for (const { path, json } of sinks.hook.received.slice(seen.hook))
      keep('hook', path, { subject: textOf(json['subject']), text: textOf(json['text']), link: textOf(json['url']) });
    seen.ntfy = sinks.ntfy.messages.length;
    seen.mail = sinks.smtp.mails.length;
    seen.hook = sinks.hook.received.length;
  }

  function lineOf({ at, who, channel, subject }: Arrived): string {
    const day = dayOf(at) === firstDay ? '' : `${dayOf(at).slice(5)} `;
    return `${day}${at.toISOString().slice(11, 19)} ${who} ${channel} ${subject}`;
  }

  return {
    belongs: (address, name) => void names.set(address, name),
    collect,
    expect(lines) {
      collect();
      const fresh = all.slice(read);
      read = all.length;
      const inOrder = fresh.toSorted((a, b) => a.at.getTime() - b.at.getTime()).map(lineOf);
      expect(inOrder.toSorted(), 'what everybody got').toEqual([...lines].toSorted());
    },
    forget() {
      collect();
      read = all.length;
    },
    last(name, channel) {
      collect();
      const found = all.findLast((one) => one.who === name && (channel === undefined || one.channel === channel));
      if (!found) throw new Error(`${name} got nothing${channel ? ` by ${channel}` : ''}`);
      return found;
    },
  };
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
