import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { System, Who } from '#platform/ctx.ts';
import { acknowledgedWords, acknowledgeFold } from '../fold/acknowledge-fold.ts';
import { type FoldClaim, readFoldToken } from '../fold/fold-link.ts';
import { foldSubject } from '../fold/fold-message.ts';
import { findFold, findFolded } from '../fold/store.ts';
import { waitingPages } from '../fold/waiting-pages.ts';
import { pageToken } from '../page/page-link.ts';
import { layout } from './layout.ts';
import { guest, personOf, show, unknownLink, wantsJson } from './mount-links.ts';

/** The list behind a message that stands for many pages. GET only shows; the button's POST acknowledges what still waits. */
export function mountFolds(app: Hono, system: System): void {
  app.get('/w/:token', (c) => showFold(system, c));
  app.post('/w/:token', (c) => answerFold(system, c));
}

async function openFold(system: System, claim: FoldClaim) {
  const ctx = system.read(guest(claim.workspaceId));
  const [fold, person] = [await findFold(ctx, claim.foldId), await personOf(ctx, claim.userId)];
  return fold?.userId === claim.userId && person ? { ctx, fold, person } : null;
}

async function showFold(system: System, c: Context) {
  const claim = readFoldToken(system.secrets, c.req.param('token') ?? '');
  const opened = claim && (await openFold(system, claim));
  if (!claim || !opened) return unknownLink(c);
  const { ctx, fold } = opened;
  const notices = await findFolded(ctx, fold);
  const pageIds = notices.map(({ pageId }) => pageId);
  const pages = await waitingPages(ctx, pageIds, claim.userId);
  const over = new Set(pageIds).size - pages.length;
  const linkOf = (pageId: string) => `/p/${pageToken(system.secrets, { ...claim, pageId })}`;
  const title = pages.length === 0 ? 'None of these pages waits any more' : foldSubject(pages.length);
  const body = html`<div>
      <h1>${title}</h1>
      <p class="muted">${goneWords(over, pages.length)}</p>
    </div>
    ${pages.map(
      (page) =>
        html`<section>
          <p><a href="${linkOf(page.id)}">${page.title}</a></p>
          <p class="muted">${page.severity ?? `${page.urgency} urgency`}</p>
        </section>`,
    )}
    ${
      pages.length === 0
        ? ''
        : html`<footer class="stays">
            <form method="post">
              <button class="main">${pages.length === 1 ? 'Acknowledge' : `Acknowledge all ${pages.length}`}</button>
            </form>
            <p class="muted">Open one to take command of it.</p>
          </footer>`
    }`;
  return show(c, layout(title, body));
}

/** What has become of those that are not in the list. */
function goneWords(over: number, waiting: number): string {
  if (over === 0) return '';
  if (waiting === 0) return over === 1 ? 'It is acknowledged or over.' : `All ${over} are acknowledged or over.`;
  return over === 1 ? 'One other is acknowledged or over.' : `${over} others are acknowledged or over.`;
}

async function answerFold(system: System, c: Context) {
  const claim = readFoldToken(system.secrets, c.req.param('token') ?? '');
  const opened = claim && (await openFold(system, claim));
  if (!claim || !opened) return unknownLink(c);
  const { fold, person } = opened;
  const channel = wantsJson(c) ? 'push' : 'link';
  const who: Who = {
    workspaceId: claim.workspaceId,
    actor: { kind: 'user', userId: person.id, role: person.role, channel: 'link' },
  };
  const said = acknowledgedWords(await system.transact(who, (ctx) => acknowledgeFold(ctx, fold, person.id, channel)));
  return wantsJson(c) ? c.json({ said }, 200, { 'cache-control': 'no-store' }) : c.redirect(c.req.path, 303);
}
