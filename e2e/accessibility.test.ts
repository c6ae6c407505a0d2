import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findBarriers, findOverflow } from './harness/axe.ts';
import { DESKTOP, openBrowser, PHONE, type Visitor, visit } from './harness/browser.ts';
import { furnish } from './harness/furnish.ts';
import { openHouse, openOwnedHouse, type OwnedHouse } from './harness/house.ts';
import { FIRST_VISIT, INSIDE, insideOf, OUTSIDE, outsideOf, type Screen, show, signIn } from './harness/screens.ts';

const DARK_RULES = ['color-contrast'];

/** Everything that is wrong with a screen: at the desk and on a phone, in light and in dark. */
async function faultsOf(visitor: Visitor, screen: Screen): Promise<string[]> {
  const { page } = visitor;
  const found: string[] = [];
  const note = (where: string, lines: readonly string[]) =>
    found.push(...lines.map((line) => `${screen.name}, ${where}: ${line}`));
  for (const [size, viewport] of Object.entries({ desk: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: 'light' });
    await show(visitor, screen);
    note(`${size}, light`, await findBarriers(page));
    note(size, await findOverflow(page));
    await page.emulateMedia({ colorScheme: 'dark' });
    note(`${size}, dark`, await findBarriers(page, DARK_RULES));
  }
  return found;
}

async function walk(visitor: Visitor, screens: readonly Screen[]): Promise<string[]> {
  const found: string[] = [];
  for (const screen of screens)
    found.push(...(await faultsOf(visitor, screen).catch((error: unknown) => [`${screen.name}: ${String(error)}`])));
  return [...found, ...visitor.faults.unexpected];
}

describe('no screen shuts anybody out, is wider than its window, or complains', () => {
  let house: OwnedHouse;
  let browser: Browser;
  let inside: Visitor;
  let outside: Visitor;
  beforeAll(async () => {
    [house, browser] = await Promise.all([openOwnedHouse(inject('dashboardDir')), openBrowser()]);
    [inside, outside] = await Promise.all([visit(browser, house.url), visit(browser, house.url)]);
    await signIn(inside.page);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it('before anybody has set it up', async () => {
    const unowned = await openHouse(inject('dashboardDir'));
    const visitor = await visit(browser, unowned.url);
    expect(await walk(visitor, [FIRST_VISIT])).toEqual([]);
    await visitor.leave();
    await unowned.close();
  });

  it('when nothing is in it yet', async () => {
    expect(await walk(outside, OUTSIDE)).toEqual([]);
    expect(await walk(inside, INSIDE)).toEqual([]);
  });

  it('when it is full: 60 monitors, 12 open alerts, 200 entries, long and right-to-left words', async () => {
    const made = await furnish(house);
    expect(await walk(inside, insideOf(made))).toEqual([]);
    expect(await walk(outside, outsideOf(made))).toEqual([]);
    expect(house.complaints()).toEqual([]);
  });
});
