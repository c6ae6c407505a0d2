import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { CDPSession, Page } from 'playwright-core';
import { buildDashboard } from '#app/build-dashboard.ts';
import { findRunningPostgres } from '#platform/embedded-postgres/index.ts';
import { postMonitor } from '#monitor/contract';
import { openBrowser, visit } from '#e2e/harness/browser.ts';
import { openOwnedHouse, OWNER } from '#e2e/harness/house.ts';
import { percentiles } from './instance-bed.ts';

/**
 * Signing in to a dashboard with many monitors, in a real browser with an empty cache: bytes over the wire and time from
 * the click until the list of monitors can be used; then how soon the list is there again, filtered by what is typed, and
 * how soon a chart of 90 days is, pressed at once or after the hand came to it. Prints one JSON line. `--monitors 2000`.
 */
const MONITORS = option('monitors', 2_000);
const ADDING_AT_ONCE = 6;
const ROUNDS = 5;
const TYPING_MS = 2_000;
/** A hand that comes to a button presses it no sooner. */
const POINTING_MS = 200;
const SETTLING_MS = 1_000;

const dir = await mkdtemp(join(tmpdir(), 'allclear-bench-dashboard-'));
const house = await openOwnedHouse(await buildDashboard(() => undefined, dir));
const browser = await openBrowser();
try {
  await add();
  await fillPast();
  const rounds: Awaited<ReturnType<typeof measure>>[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measure());
  const of = (pick: (one: (typeof rounds)[number]) => number) => percentiles(rounds.map(pick)).p50Ms;
  const line = {
    bench: 'dashboard',
    monitors: MONITORS,
    rounds: ROUNDS,
    untilUsableKilobytes: of(({ first, typed, signedIn }) => first.kilobytes + typed.kilobytes + signedIn.kilobytes),
    firstVisitKilobytes: of(({ first }) => first.kilobytes),
    signInFormMs: of(({ first }) => first.ms),
    signInKilobytes: of(({ signedIn }) => signedIn.kilobytes),
    usableMs: of(({ signedIn }) => signedIn.ms),
    listMs: of(({ list }) => list.ms),
    listKilobytes: of(({ list }) => list.kilobytes),
    filteredMs: of(({ filtered }) => filtered.ms),
    chart90dMs: of(({ chart }) => chart),
    chart90dPointedMs: of(({ pointed }) => pointed),
    peer: 'none in this run',
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
} finally {
  await browser.close();
  await house.close();
  await rm(dir, { recursive: true, force: true });
}

async function add(): Promise<void> {
  const body = (n: number) => ({ url: `${house.target.url}/${n}`, intervalSeconds: 20 });
  const { serviceId } = await house.client.call(postMonitor, { body: body(0) });
  let next = 1;
  const worker = async () => {
    for (let n = next++; n < MONITORS; n = next++)
      await house.client.call(postMonitor, { body: { ...body(n), serviceId } });
  };
  await Promise.all(Array.from({ length: ADDING_AT_ONCE }, worker));
}

/** A quarter of measured latency for the monitors whose charts are opened: what 90 days leave, a histogram each 15 minutes and six hours. */
async function fillPast(): Promise<void> {
  const connection = await findRunningPostgres(house.dataDir);
  if (connection === null) throw new Error('the database of the server is not found');
  const client = new pg.Client(connection);
  await client.connect();
  const asked = [[`%/${MONITORS - 1}`, `%/${MONITORS - 2}`]];
  // No window begins before its monitor.
  await client.query(`update monitor set created_at = now() - interval '90 days' where url like any($1)`, asked);
  await client.query(
    `insert into latency_bucket (monitor_number, starts_at, slots, counts, phase_sums, phase_counts)
     select number, at, array[40, 44, 50, 60]::int2[], array[20, 15, 8, 2], array[90, 4500, 9000, 18000, 900], array[45, 45, 45, 45, 45]
     from monitor, generate_series(date_trunc('hour', now()) - interval '89 days', date_trunc('hour', now()) - interval '1 hour', interval '15 minutes') as at
     where url like any($1) on conflict do nothing`,
    asked,
  );
  await client.query(
    `insert into latency_block (monitor_number, starts_at, slots, counts, phase_sums, phase_counts)
     select number, at, array[40, 44, 50, 60]::int2[], array[480, 360, 192, 48], array[2160, 108000, 216000, 432000, 21600]::float8[], array[1080, 1080, 1080, 1080, 1080]
     from monitor, generate_series(date_bin('6 hours', now() - interval '89 days', 'epoch'), now() - interval '7 hours', interval '6 hours') as at
     where url like any($1) on conflict do nothing`,
    asked,
  );
  await client.end();
}

async function measure() {
  const { page, leave } = await visit(browser, house.url);
  const wire = watchBytes(await page.context().newCDPSession(page));
  await wire.ready;
  const rows = page.getByRole('link', { name: /127\.0\.0\.1.*\/\d+/ });
  const timed = async (act: () => Promise<unknown>, shown: () => Promise<unknown>) => {
    const before = wire.bytes();
    const startedMs = performance.now();
    await act();
    await shown();
    return { ms: performance.now() - startedMs, kilobytes: (wire.bytes() - before) / 1_024 };
  };
  const first = await timed(
    () => page.goto('/'),
    () => page.getByRole('button', { name: 'Sign in' }).waitFor(),
  );
  // Nobody types faster; what the browser does meanwhile is not part of signing in.
  const typed = await timed(
    () => page.getByLabel('Email').fill(OWNER.email),
    () => page.waitForTimeout(TYPING_MS),
  );
  await page.getByLabel('Password').fill(OWNER.password);
  const main = page.getByRole('navigation', { name: 'Main', exact: true });
  const signedIn = await timed(
    () => page.getByRole('button', { name: 'Sign in' }).click(),
    () => main.getByRole('link', { name: 'Monitors' }).waitFor(),
  );
  const list = await timed(
    () => main.getByRole('link', { name: 'Monitors' }).click(),
    () => rows.first().waitFor(),
  );
  const filtered = await timed(
    () =>
      page
        .getByRole('searchbox')
        .first()
        .fill(`/${MONITORS - 1}`),
    () => page.getByRole('link', { name: new RegExp(`/${MONITORS - 1}$`) }).waitFor(),
  );
  await page.getByRole('link', { name: new RegExp(`/${MONITORS - 1}$`) }).click();
  const chart = await openChart(page);
  await main.getByRole('link', { name: 'Monitors' }).click();
  await page
    .getByRole('searchbox')
    .first()
    .fill(`/${MONITORS - 2}`);
  await page.getByRole('link', { name: new RegExp(`/${MONITORS - 2}$`) }).click();
  const pointed = await openChart(page, POINTING_MS);
  await leave();
  return { first, typed, signedIn, list, filtered, chart, pointed };
}

/**
 * How long it takes from when “90 d” is pressed until its chart is drawn, in milliseconds of the browser's clock: what
 * Playwright does before it presses is nobody's waiting. With `pointingMs`, the hand has been on the button for so long.
 */
async function openChart(page: Page, pointingMs = 0): Promise<number> {
  await page.getByRole('button', { name: '24 h' }).first().click();
  const button = page.getByRole('button', { name: '90 d' }).first();
  await page.locator('canvas').first().waitFor();
  await page.evaluate(() => performance.clearResourceTimings());
  if (pointingMs > 0) await button.hover();
  await page.waitForTimeout(Math.max(pointingMs, SETTLING_MS));
  return button.evaluate(
    (pressed: HTMLElement) =>
      new Promise<number>((tell) => {
        const name = '/latency?window=90d';
        const startedMs = performance.now();
        const answered = () => performance.getEntriesByType('resource').some((one) => one.name.endsWith(name));
        const drawn = new MutationObserver((changes) => {
          const isCanvas = changes.some(({ addedNodes }) => [...addedNodes].some(holdsCanvas));
          if (isCanvas && answered())
            requestAnimationFrame(() => setTimeout(() => tell(performance.now() - startedMs)));
        });
        const holdsCanvas = (node: Node) => node instanceof HTMLElement && node.querySelector('canvas') !== null;
        drawn.observe(document.body, { childList: true, subtree: true });
        pressed.click();
      }),
  );
}

/** Bytes that came over the wire so far, headers included. */
function watchBytes(session: CDPSession): { readonly ready: Promise<unknown>; readonly bytes: () => number } {
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  return { ready: session.send('Network.enable'), bytes: () => bytes };
}

function option(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : Number(process.argv[at + 1]);
}
