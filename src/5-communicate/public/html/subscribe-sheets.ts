import { backLink } from './sheets.ts';
import { layout, type View } from './layout.ts';
import { markup, NOTHING, type Markup } from './markup.ts';

/** Forms for readers who want to be told. All of them post and work without a script. */

export type SubscribeForm = { readonly email?: string; readonly problem?: string };

/** Asks for an address; the same for everybody, so it is part of the artefact when it has nothing to complain of. */
export function subscribeSheet(view: View, form: SubscribeForm = {}): string {
  const main = markup`<h1>Get updates by email</h1><p>We write when an incident begins, at each update and when it is over. You confirm your address once; every message has a link to stop.</p>${problemView(form.problem)}
<form method="post" action="${view.links.act('subscribe')}"><label for="email">Email address</label><input id="email" name="email" type="email" autocomplete="email" required maxlength="254" value="${form.email ?? ''}"${form.problem ? markup` aria-invalid="true" aria-describedby="problem"` : NOTHING}>${componentChoice(view, null)}<button>Subscribe</button></form>
<p class="d">Prefer a reader? <a href="${view.links.file('feed.atom')}">Atom</a>, <a href="${view.links.file('feed.rss')}">RSS</a> and <a href="${view.links.file('feed.json')}">JSON</a> carry the same words.</p>${backLink(view)}`;
  return layout(view, { title: 'Subscribe', description: 'Get status updates by email', main, live: false });
}

/** Says the same whether or not the address was known, so that nobody can ask who subscribes. */
export function subscribeSentSheet(view: View, email: string): string {
  return message(
    view,
    'Look into your mail',
    markup`<p>We have sent a link to <b dir="auto">${email}</b>. Updates begin once you open it and confirm.</p>`,
  );
}

/** Opened from the mail: the link shows, the button acts, so that a mail scanner cannot confirm. */
export function confirmSheet(view: View, asked: { readonly email: string; readonly token: string }): string {
  return message(
    view,
    'Confirm your subscription',
    markup`<p>Send status updates of ${view.page.name} to <b dir="auto">${asked.email}</b>?</p><form method="post" action="${view.links.act('confirm')}"><input type="hidden" name="token" value="${asked.token}"><button>Yes, send me updates</button></form>`,
  );
}

export function confirmedSheet(view: View, manageAddress: string): string {
  return message(
    view,
    'You are subscribed',
    markup`<p>From now on we tell you when something happens.</p><p><a href="${manageAddress}">Choose components or unsubscribe</a></p>`,
  );
}

export type Subscription = {
  readonly email: string;
  readonly token: string;
  /** Null = all, also those to come. */
  readonly componentIds: readonly string[] | null;
};

export function manageSheet(view: View, subscription: Subscription, saved: boolean): string {
  const { links } = view;
  return message(
    view,
    'Your subscription',
    markup`${saved ? markup`<p class="note" role="status">Saved.</p>` : NOTHING}<p>Updates go to <b dir="auto">${subscription.email}</b>.</p><form method="post" action="${links.act('manage')}"><input type="hidden" name="token" value="${subscription.token}">${componentChoice(view, subscription.componentIds)}<button>Save</button></form><form method="post" action="${links.act('unsubscribe')}"><input type="hidden" name="token" value="${subscription.token}"><button class="plain">Unsubscribe</button></form>`,
  );
}

/** The visible half of one-click unsubscription (RFC 8058): the same address takes the mail program's POST. */
export function unsubscribeSheet(view: View, asked: { readonly email: string; readonly token: string }): string {
  return message(
    view,
    'Unsubscribe',
    markup`<p>Stop status updates to <b dir="auto">${asked.email}</b>?</p><form method="post" action="${view.links.act('unsubscribe')}"><input type="hidden" name="token" value="${asked.token}"><button>Unsubscribe</button></form>`,
  );
}

export function unsubscribedSheet(view: View): string {
  return message(
    view,
    'You are unsubscribed',
    markup`<p>No more updates will be sent to you. <a href="${view.links.act('subscribe')}">Subscribe again</a> whenever you like.</p>`,
  );
}

/** For links that were used up, have run out or were never ours: they all look the same. */
export function deadLinkSheet(view: View): string {
  return message(
    view,
    'This link does not work any more',
    markup`<p>It may have been used already, or a newer one has been sent. <a href="${view.links.act('subscribe')}">Ask for a new one</a>.</p>`,
  );
}

function message(view: View, title: string, body: Markup): string {
  return layout(view, {
    title,
    description: title,
    main: markup`<h1>${title}</h1>${body}${backLink(view)}`,
    live: false,
    hidden: true,
  });
}

function problemView(problem: string | undefined): Markup {
  return problem ? markup`<p class="note bad" id="problem" role="alert">${problem}</p>` : NOTHING;
}

function componentChoice({ page }: View, chosen: readonly string[] | null): Markup {
  if (page.components.length < 2) return NOTHING;
  const boxes = page.components.map(
    ({ id, name }) =>
      markup`<label class="box"><input type="checkbox" name="component" value="${id}"${chosen?.includes(id) ? markup` checked` : NOTHING}> <span dir="auto">${name}</span></label>`,
  );
  return markup`<details${chosen ? markup` open` : NOTHING}><summary>Only about some components</summary><fieldset><legend>Tick those that you care about; none ticked means all.</legend>${boxes}</fieldset></details>`;
}
