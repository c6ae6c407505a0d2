import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { buildDashboard } from '#app/build-dashboard.ts';
import { DESKTOP, openBrowser, PHONE, type Visitor, visit } from './harness/browser.ts';
import { furnish } from './harness/furnish.ts';
import { openHouse, openOwnedHouse } from './harness/house.ts';
import { takeWeeks } from './harness/on-call.ts';
import { playOutage } from './harness/outage.ts';
import {
  FIRST_VISIT,
  INSIDE,
  insideOf,
  NEXT_WEEK,
  OUTSIDE,
  outsideOf,
  type Screen,
  show,
  signIn,
} from './harness/screens.ts';

/**
 * `npm run screens -- --out DIR`: pictures of every screen for people to look at, at the desk and on a phone, in light
 * and in dark, empty, on a usual day and at its worst;
 * `--only incident,now` takes some of them, `--fill worst` one state.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: '.scratch/screens' },
    only: { type: 'string', default: '' },
    fill: { type: 'string', default: 'empty,usual,worst' },
    scheme: { type: 'string', default: 'light,dark' },
  },
});
const some = (list: string) => list.split(',').filter(Boolean);
const only = some(values.only);
const say = (line: string) => void process.stdout.write(`${line}\n`);

async function picture(visitor: Visitor, screens: readonly Screen[], fill: string) {
  for (const screen of screens.filter(({ name }) => only.length === 0 || only.includes(name)))
    for (const [size, viewport] of Object.entries({ desk: DESKTOP, phone: PHONE })) {
      await visitor.page.setViewportSize(viewport);
      for (const scheme of ['light', 'dark'] as const) {
        if (!some(values.scheme).includes(scheme)) continue;
        await visitor.page.emulateMedia({ colorScheme: scheme });
        const path = join(values.out, `${screen.name}-${fill}-${size}-${scheme}.png`);
        try {
          await show(visitor, screen);
        } catch (error) {
          say(`${path}: ${String(error).split('\n')[0]}`);
        }
        await visitor.page.screenshot({ path });
        if (screen.open === undefined)
          await visitor.page.screenshot({ path: path.replace('.png', '-whole.png'), fullPage: true });
      }
    }
}

async function pictureAll(browser: Browser, dashboardDir: string) {
  const house = await openOwnedHouse(dashboardDir);
  const inside = await visit(browser, house.url);
  const outside = await visit(browser, house.url);
  await signIn(inside.page);
  if (some(values.fill).includes('empty')) {
    await picture(inside, INSIDE, 'empty');
    await picture(outside, OUTSIDE, 'empty');
    await pictureFirstVisit(browser, dashboardDir);
  }
  if (some(values.fill).includes('worst')) {
    const made = await furnish(house);
    await picture(inside, insideOf(made), 'worst');
    await picture(outside, outsideOf(made), 'worst');
  }
  for (const fault of [...inside.faults.unexpected, ...outside.faults.unexpected]) say(fault);
  await house.close();
  if (some(values.fill).includes('usual')) await pictureUsual(browser, dashboardDir);
}

async function pictureUsual(browser: Browser, dashboardDir: string) {
  const house = await openOwnedHouse(dashboardDir);
  const visitor = await visit(browser, house.url);
  const { incidentId } = await playOutage(house);
  await signIn(visitor.page);
  const schedule = `/schedules/${await takeWeeks(house.client)}`;
  const screens = [
    { name: 'incident', path: `/incidents/${incidentId}` },
    { name: 'schedule-now', path: schedule },
    { name: 'schedule', path: `${schedule}?date=${NEXT_WEEK}` },
    { name: 'schedule-month', path: `${schedule}?view=month&date=${NEXT_WEEK}` },
    { name: 'schedule-day', path: `${schedule}?view=day&date=${NEXT_WEEK}` },
    { name: 'schedule-edit', path: `${schedule}/edit` },
  ];
  await picture(visitor, [...INSIDE, ...screens, ...OUTSIDE], 'usual');
  await house.close();
}

async function pictureFirstVisit(browser: Browser, dashboardDir: string) {
  const house = await openHouse(dashboardDir);
  await picture(await visit(browser, house.url), [FIRST_VISIT], 'empty');
  await house.close();
}

await mkdir(values.out, { recursive: true });
const browser = await openBrowser();
try {
  await pictureAll(browser, await buildDashboard(say, join(tmpdir(), 'allclear-pictures')));
} finally {
  await browser.close();
}
