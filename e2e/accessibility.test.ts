import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findBarriers, findOverflow } from './harness/axe.ts';
import { DESKTOP, openBrowser, PHONE, type Visitor, visit } from './harness/browser.ts';
import { furnish } from './harness/furnish.ts';
import { openHouse, openOwnedHouse, type OwnedHouse } from './harness/house.ts';
import { settled } from './harness/settled.ts';
import { FIRST_VISIT, INSIDE, insideOf, OUTSIDE, outsideOf, type Screen, show, signIn } from './harness/screens.ts';

const DARK_RULES = ['color-contrast'];

/** Everything that is wrong with a screen: at the desk and on a phone, in light and in dark. */
async function faultsOf(visitor: Visitor, screen: Screen): Promise<string[]> {
  const { page, traffic } = visitor;
  const found: string[] = [];
  const note = (where: string, lines: readonly string[]) =>
    found.push(...lines.map((line) => `${screen.name}, ${where}: ${line}`));
  await page.setViewportSize(DESKTOP);
  await show(visitor, screen);
  for (const [size, viewport] of Object.entries({ desk: DESKTOP, phone: PHONE })) {
    await page.setViewportSize(viewport);
    await settled(page, traffic);
    note(`${size}, light`, await findBarriers(page, screen.part));
    note(size, await findOverflow(page));
    await page.emulateMedia({ colorScheme: 'dark' });
    note(`${size}, dark`, await findBarriers(page, screen.part, DARK_RULES));
    await page.emulateMedia({ colorScheme: 'light' });
  }
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
    for (const { page } of inside) await signIn(page);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  it('before anybody has set it up', async () => {
    const unowned = await openHouse(inject('dashboardDir'));
    const visitor = await visit(browser, unowned.url);
    expect(await walk([visitor], [FIRST_VISIT])).toEqual([]);
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
