import type { Message } from '#delivery';
import { markdownToHtml, markdownToText } from '#platform/markdown.ts';
import { createClockText } from '../public/clock-text.ts';
import { markup, trusted } from '../public/html/markup.ts';
import { INCIDENT_STATUS_LABEL, STATUS_LABEL } from '../public/status.ts';
import type { Update } from '../update/update.ts';

type Page = { readonly name: string; readonly url: string; readonly timeZone: string };

/** Asks whether the address wants to be told; nothing else goes to it before the answer. */
export function confirmationMail(page: Page, token: string): Message {
  const url = `${page.url}/confirm?token=${token}`;
  return {
    subject: `Confirm your subscription to ${page.name}`,
    text: `Somebody, probably you, asked for status updates of ${page.name} at this address.\n\nConfirm: ${url}\n\nIf it was not you, do nothing: you will hear no more from us. The link works for seven days.\n`,
    url,
    urgency: 'low',
    mask: [token],
  };
}

/** For an address that is subscribed already and asks again. */
export function manageMail(page: Page, token: string): Message {
  const url = `${page.url}/manage?token=${token}`;
  return {
    subject: `Your subscription to ${page.name}`,
    text: `You get status updates of ${page.name} at this address already.\n\nChoose components or unsubscribe: ${url}\n`,
    url,
    urgency: 'low',
    mask: [token],
  };
}

/** One update to one reader, with the one-click way out that mail programs offer (RFC 8058). */
export function updateMail(page: Page, update: Update, token: string): Message {
  const clock = createClockText(page.timeZone, update.postedAt.toISOString());
  const incidentUrl = `${page.url}/incidents/${update.incidentId}`;
  const manageUrl = `${page.url}/manage?token=${token}`;
  const unsubscribeUrl = `${page.url}/unsubscribe?token=${token}`;
  const status = INCIDENT_STATUS_LABEL[update.status];
  const changes = update.components.map(({ name, to }) => `${name}: ${STATUS_LABEL[to].toLowerCase()}`);
  const next = update.nextUpdateBy ? `Next update by ${clock.promise(update.nextUpdateBy.toISOString())}.` : '';
  const text = [
    `${status} · ${clock.at(update.postedAt.toISOString())}`,
    markdownToText(update.body),
    changes.join('\n'),
    next,
    incidentUrl,
    `--\nYou get this because you subscribed to ${page.name}.\nChoose components or unsubscribe: ${manageUrl}`,
  ];
  const html = markup`<div style="font:15px/22px sans-serif;max-width:600px"><p style="color:#68645d">${status} · ${clock.at(update.postedAt.toISOString())}</p><h1 style="font-size:20px">${update.title}</h1>${trusted(markdownToHtml(update.body))}${changes.length > 0 ? markup`<p>${changes.join(' · ')}</p>` : null}${next ? markup`<p><b>${next}</b></p>` : null}<p><a href="${incidentUrl}">Read it on the status page</a></p><p style="color:#68645d;font-size:13px">You get this because you subscribed to ${page.name}. <a href="${manageUrl}">Choose components or unsubscribe</a></p></div>`;
  return {
    subject: `[${page.name}] ${status}: ${update.title}`,
    text: `${text.filter(Boolean).join('\n\n')}\n`,
    html: String(html),
    headers: {
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': `<${page.url.replace(/^https?:\/\//, '').replace(/[^A-Za-z0-9.-]+/g, '.')}>`,
      'Auto-Submitted': 'auto-generated',
    },
    url: incidentUrl,
    urgency: 'low',
    mask: [token],
  };
}
