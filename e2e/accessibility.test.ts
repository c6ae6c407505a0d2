import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bringAxe, findBarriers, findOverflow } from './harness/axe.ts';
import { DESKTOP, openBrowser, PHONE, type Visitor, visit } from './harness/browser.ts';
import { furnish } from './harness/furnish.ts';
import { openHouse, openOwnedHouse, type OwnedHouse } from './harness/house.ts';
import { drawn } from './harness/settled.ts';
import { FIRST_VISIT, INSIDE, insideOf, OUTSIDE, outsideOf, type Screen, show, signIn } from './harness/screens.ts';

/** What a colour scheme can change. */
const DARK_RULES = ['color-contrast'];
/** A minute and a half on two cores of one's own; a machine that does other things as well may take longer. */
const FULL_MS = 600_000;

/** Everything that is wrong with a screen: at the desk and on a phone, in light and in dark. */
async function faultsOf(visitor: Visitor, screen: Screen): Promise<string[]> {
  const { page } = visitor;
  const found: string[] = [];
  const note = (where: string, lines: readonly string[]) =>
    found.push(...lines.map((line) => `${screen.name}, ${where}: ${line}`));
  const look = async (where: string, rules?: readonly string[]) => {
    await drawn(page);
    note(where, await findBarriers(page, screen.part, rules));
  };
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ colorScheme: 'light' });
  await show(visitor, screen);
  await look('desk, light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look('desk, dark', DARK_RULES);
  await page.setViewportSize(PHONE);
  await look('phone, dark', DARK_RULES);
  await page.emulateMedia({ colorScheme: 'light' });
  await look('phone, light');
  note('phone', await findOverflow(page));
  return found;
}

/** Looks at each screen once; the visitors share them out. */
async function walk(visitors: readonly Visitor[], screens: readonly Screen[]): Promise<string[]> {
  const waiting = [...screens];
  const found: string[] = [];
  const go = async (visitor: Visitor) => {
    for (let screen = waiting.shift(); screen; screen = waiting.shift()) {
      const { name } = screen;
      found.push(...(await faultsOf(visitor, screen).catch((error: unknown) => [`${name}: ${String(error)}`])));
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
      expect(await walk(inside, insideOf(made))).toEqual([]);
      expect(await walk(outside, outsideOf(made))).toEqual([]);
      expect(house.complaints()).toEqual([]);
    },
  );
});
