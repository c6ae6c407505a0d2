import { z } from 'zod';
import { type ChannelKind, parseTopic, readNumber } from '#delivery';
import { invalid } from '#kernel/errors.ts';

const mail = z.email().max(254);

/** The address as it is stored; refuses one that its channel could not use. */
export function normaliseAddress(kind: ChannelKind, address: string): string {
  const typed = address.trim();
  switch (kind) {
    case 'email': {
      const parsed = mail.safeParse(typed.toLowerCase());
      if (!parsed.success) throw invalid('body.address', 'expected an address such as ann@example.com');
      return parsed.data;
    }
    case 'webhook': {
      const url = URL.parse(typed);
      if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password) {
        throw invalid('body.address', 'expected a URL such as https://example.com/hook, without a password in it');
      }
      return url.href;
    }
    case 'teams': {
      const url = URL.parse(typed);
      if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password)
        throw invalid('body.address', 'expected the URL that the workflow shows, which begins with https://');
      return url.href;
    }
    case 'webpush': {
      const url = URL.parse(typed);
      if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password)
        throw invalid('body.address', 'expected the endpoint of a push subscription');
      return url.href;
    }
    case 'slack': {
      if (/^[UW][A-Z0-9]{5,30}$/.test(typed)) return typed;
      const asMail = mail.safeParse(typed.toLowerCase());
      if (!asMail.success)
        throw invalid('body.address', 'expected your Slack member id such as U024BE7LH, or your mail address in Slack');
      return asMail.data;
    }
    case 'mattermost': {
      const name = typed.toLowerCase().replace(/^@/, '');
      if (/^[a-z0-9][a-z0-9._-]{0,63}$/.test(name)) return name;
      const asMail = mail.safeParse(name);
      if (!asMail.success)
        throw invalid('body.address', 'expected your user name in Mattermost such as ann, or your mail address there');
      return asMail.data;
    }
    case 'discord':
      if (!/^\d{17,20}$/.test(typed))
        throw invalid('body.address', 'expected your user id in Discord, 17 to 20 digits; a name does not do');
      return typed;
    case 'pushover':
      if (!/^[A-Za-z0-9]{30}$/.test(typed))
        throw invalid('body.address', 'expected your Pushover user key, 30 letters and digits');
      return typed;
    case 'telegram':
      // Known once its person has pressed Start; until then the method's own id keeps it apart from others.
      return typed;
    case 'sms':
    case 'voice': {
      const read = readNumber(typed);
      if (!read.ok) throw invalid('body.address', read.why);
      return read.number;
    }
    case 'ntfy':
      if (!parseTopic(typed))
        throw invalid('body.address', 'expected the URL of a topic such as https://ntfy.sh/my-topic');
      return typed.replace(/\/$/, '');
  }
}
