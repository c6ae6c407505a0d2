import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bringAxe, findBarriers, findOverflow } from './harness/axe.ts';
import { DESKTOP, openBrowser, PHONE, type Visitor, visit } from './harness/browser.ts';
import { furnish } from './harness/furnish.ts';
import { openHouse, openOwnedHouse, type OwnedHouse } from './harness/house.ts';
import { drawn } from './harness/settled.ts';
import {
  FIRST_VISIT,
  INSIDE,
  insideOf,
  OUTSIDE,
  outsideOf,
  type Screen,
  show,
  signIn,
  turnTo,
} from './harness/screens.ts';

/** Six minutes on two cores of one's own; a machine that does other things as well may take longer. */
const FULL_MS = 600_000;

const SCHEMES = ['light', 'dark'] as const;

/**
 * Everything that is wrong with a screen: at the desk in one colour scheme, on a phone in the other. Screens take turns in
 * which is which, so that what they have in common is seen in all four; a colour is the same name on every one of them.
 */
async function faultsOf(visitor: Visitor, screen: Screen, turn: number, open: typeof show): Promise<string[]> {
  const { page } = visitor;
  const found: string[] = [];
  const note = (where: string, lines: readonly string[]) =>
    found.push(...lines.map((line) => `${screen.name}, ${where}: ${line}`));
  const [atDesk, onPhone] = turn % 2 === 0 ? SCHEMES : SCHEMES.toReversed();
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ colorScheme: atDesk ?? null });
  await open(visitor, screen);
  await drawn(page);
  note(`desk, ${atDesk}`, await findBarriers(page, screen.part));
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: onPhone ?? null });
  await drawn(page);
  note(`phone, ${onPhone}`, await findBarriers(page, screen.part));
  note('phone', await findOverflow(page));
  return found;
}

const placeOf = ({ path }: Screen) => path.split('?')[0];

/**
 * Looks at each screen once; the visitors share them out. `inApp`: they go from one to the next as by links, to another
 * place each time where there is one, since what was opened in front of a screen stays when one comes back to it at once.
 */
async function walk(visitors: readonly Visitor[], screens: readonly Screen[], inApp = false): Promise<string[]> {
  const waiting = screens.map((screen, turn) => ({ screen, turn }));
  const found: string[] = [];
  const go = async (visitor: Visitor) => {
    let before: string | undefined;
    while (waiting.length > 0) {
      const elsewhere = inApp ? waiting.findIndex(({ screen }) => placeOf(screen) !== before) : 0;
      const [next] = waiting.splice(Math.max(0, elsewhere), 1);
      if (!next) break;
      const { screen, turn } = next;
      const open = inApp && before !== undefined && placeOf(screen) !== before ? turnTo : show;
      before = placeOf(screen);
      const failed = (error: unknown) => [`${screen.name}: ${String(error)}`];
      found.push(...(await faultsOf(visitor, screen, turn, open).catch(failed)));
    }
    found.push(...visitor.faults.unexpected);
  };
  await Promise.all(visitors.map(go));
  return found;
}

describe('no screen shuts anybody out, is wider than its window, or complains', () => {
  let house: OwnedHouse;
  let browser: Browser;
  let inside: Visitor[];
  let outside: Visitor[];
  beforeAll(async () => {
    [house, browser] = await Promise.all([openOwnedHouse(inject('dashboardDir')), openBrowser()]);
    const several = () => Promise.all([visit(browser, house.url), visit(browser, house.url)]);
    [inside, outside] = await Promise.all([several(), several()]);
    for (const visitor of [...inside, ...outside]) await bringAxe(visitor);
    for (const { page } of inside) await signIn(page);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it('before anybody has set it up', async () => {
    const unowned = await openHouse(inject('dashboardDir'));
    const visitor = await visit(browser, unowned.url);
    await bringAxe(visitor);
    expect(await walk([visitor], [FIRST_VISIT])).toEqual([]);
    await visitor.leave();
    await unowned.close();
  });

  it('when nothing is in it yet', { timeout: FULL_MS }, async () => {
    expect(await walk(outside, OUTSIDE)).toEqual([]);
    expect(await walk(inside, INSIDE)).toEqual([]);
  });

  it(
    'when it is full: 60 monitors, 12 open alerts, 200 entries, long and right-to-left words',
    { timeout: FULL_MS },
    async () => {
      const made = await furnish(house);
      expect(await walk(inside, insideOf(made), true)).toEqual([]);
      expect(await walk(outside, outsideOf(made))).toEqual([]);
      expect(house.complaints()).toEqual([]);
    },
  );
});
