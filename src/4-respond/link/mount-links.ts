import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { readUser, type User } from '#access';
import { systemActor } from '#kernel/actor.ts';
import { AppError } from '#kernel/errors.ts';
import type { Ctx, System, Who } from '#platform/ctx.ts';
import { readAtMost } from '#platform/read-at-most.ts';
import { findMethod, lockMethod } from '../contact-method/store.ts';
import { markVerified } from '../contact-method/verify-contact-method.ts';
import { provesCode, readVerifyToken, type VerifyClaim } from '../contact-method/verify-link.ts';
import { hasSeen, insertEntries } from '../journal/store.ts';
import { acknowledgePage } from '../page/acknowledge-page.ts';
import { type PageClaim, readPageToken } from '../page/page-link.ts';
import { readPageStory } from '../page/page-story.ts';
import { findNotices, findPage } from '../page/store.ts';
import { readPeople } from '../reach/people.ts';
import { layout, LINK_HEADERS, plainPage } from './layout.ts';
import { pageView } from './page-view.ts';

const MAX_FORM_BYTES = 1_000;

/**
 * The links in mails and notifications. GET only shows, so that a scanner that opens every link changes nothing; the
 * button's POST acts. The link itself says for whom.
 */
export function mountLinks(app: Hono, system: System): void {
  app.get('/p/:token', (c) => showPage(system, c));
  app.post('/p/:token', (c) => answerPage(system, c));
  app.get('/c/:token', (c) => showVerification(system, c));
  app.post('/c/:token', (c) => confirmVerification(system, c));
}

type Markup = ReturnType<typeof html>;

export async function show(c: Context, markup: Markup, status: 200 | 403 | 404 | 409 = 200) {
  return c.html(await markup, status, { ...LINK_HEADERS });
}

export const unknownLink = (c: Context) =>
  show(c, plainPage('This link is not complete', 'Open it again from the message, or sign in to Allclear.'), 404);

export const guest = (workspaceId: string): Who => ({ actor: systemActor('link'), workspaceId });

/** The person of a link, acting by it; null once they are deactivated or gone. */
export async function personOf(ctx: Ctx, userId: string): Promise<User | null> {
  const person = await readUser(ctx, userId).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  return person?.active ? person : null;
}

async function showPage(system: System, c: Context) {
  const claim = readPageToken(system.secrets, c.req.param('token') ?? '');
  return claim ? renderPage(system, c, claim) : unknownLink(c);
}

async function renderPage(system: System, c: Context, claim: PageClaim) {
  const ctx = system.read(guest(claim.workspaceId));
  const page = await findPage(ctx, claim.pageId);
  const person = await personOf(ctx, claim.userId);
  if (!page || !person) return unknownLink(c);
  await noteSeen(system, page.id, { workspaceId: claim.workspaceId, userId: person.id });
  const story = await readPageStory(ctx, page, await readPeople(ctx), await findNotices(ctx, [page.id]));
  return show(c, pageView(story, { userId: person.id, timeZone: person.timeZone }, ctx.now, ctx.publicUrl));
}

/** Kept once per person. A mail scanner opens links as well, so it says what was opened, not that anybody read it. */
async function noteSeen(system: System, pageId: string, of: { workspaceId: string; userId: string }): Promise<void> {
  if (await hasSeen(system.read(guest(of.workspaceId)), pageId, of.userId)) return;
  const text = 'The link in the message was opened.';
  try {
    await system.transact(guest(of.workspaceId), (ctx) =>
      insertEntries(ctx, [{ pageId, userId: of.userId, kind: 'seen', channel: 'link', text }]),
    );
  } catch (error) {
    // What is paged for matters more than the note that it was looked at.
    system.log.warn({ pageId, err: String(error) }, 'page journal not written');
  }
}

async function answerPage(system: System, c: Context) {
  const claim = readPageToken(system.secrets, c.req.param('token') ?? '');
  if (!claim) return unknownLink(c);
  const person = await personOf(system.read(guest(claim.workspaceId)), claim.userId);
  if (!person) return unknownLink(c);
  const takeCommand = (await readForm(c)).get('act') === 'take-command';
  const who: Who = {
    workspaceId: claim.workspaceId,
    actor: { kind: 'user', userId: person.id, role: person.role, channel: 'link' },
  };
  const channel = wantsJson(c) ? 'push' : 'link';
  let said = 'You acknowledged it. Nobody else will be paged.';
  try {
    await system.transact(who, (ctx) => acknowledgePage(ctx, claim.pageId, person.id, channel, { takeCommand }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Somebody was first, or it is over: the page itself says so.
    if (error.code !== 'conflict') return show(c, plainPage('That did not work', error.message), 409);
    said = error.message;
  }
  return wantsJson(c) ? c.json({ said }, 200, { 'cache-control': 'no-store' }) : c.redirect(c.req.path, 303);
}

/** The service worker behind a notification's button shows the answer itself instead of a page. */
export function wantsJson(c: Context): boolean {
  return c.req.header('accept') === 'application/json';
}

/** The fields of a small form; a button in a notification sends none. */
export async function readForm(c: Context): Promise<URLSearchParams> {
  return new URLSearchParams((await readAtMost(c.req.raw, MAX_FORM_BYTES))?.toString('utf8') ?? '');
}

async function showVerification(system: System, c: Context) {
  const claim = readVerifyToken(c.req.param('token') ?? '');
  if (!claim) return unknownLink(c);
  const ctx = system.read(guest(claim.workspaceId));
  const method = await findMethod(ctx, claim.contactMethodId);
  if (method?.verifiedAt) return show(c, plainPage('Verified', 'Pages reach you here. You can close this page.'));
  if (!isFresh(system, ctx, claim, method)) return expired(c);
  const body = html`<h1>Use this for pages?</h1>
    <p>Messages to <strong>${method?.address ?? ''}</strong> arrive. Press the button, and pages will be sent here.</p>
    <footer>
      <form method="post"><button class="main">Confirm</button></form>
    </footer>`;
  return show(c, layout('Confirm a contact method', body));
}

async function confirmVerification(system: System, c: Context) {
  const claim = readVerifyToken(c.req.param('token') ?? '');
  if (!claim) return unknownLink(c);
  const ok = await system.transact(guest(claim.workspaceId), async (ctx) => {
    const method = await lockMethod(ctx, claim.contactMethodId);
    if (method?.verifiedAt) return true;
    if (!method || !isFresh(system, ctx, claim, method)) return false;
    await markVerified(ctx, method);
    return true;
  });
  if (!ok) return expired(c);
  const said = 'Verified: pages reach you here.';
  return wantsJson(c) ? c.json({ said }, 200, { 'cache-control': 'no-store' }) : c.redirect(c.req.path, 303);
}

const expired = (c: Context) =>
  show(
    c,
    plainPage(
      'This link is over',
      'A newer one was sent, or half an hour has passed. Send a new test from your contact methods.',
    ),
    409,
  );

type Pending = { readonly codeDigest: string | null; readonly codeExpiresAt: Date | null };

function isFresh(system: System, ctx: Ctx, claim: VerifyClaim, method: Pending | undefined): boolean {
  if (!method?.codeDigest || !method.codeExpiresAt || method.codeExpiresAt <= ctx.now) return false;
  return provesCode(system.secrets, claim, method.codeDigest);
}
