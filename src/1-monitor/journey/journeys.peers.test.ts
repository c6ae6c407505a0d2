import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JourneyEnd, JourneyOrder } from './driver-wire.ts';
import { descendants } from './process-tree.ts';
import { runJourney } from './run-journey.ts';
import { openShopSite, type ShopSite } from '#test/harness/shop-site.ts';

let shop: ShopSite;
beforeAll(async () => {
  shop = await openShopSite();
});
afterAll(() => shop.close());
afterEach(() => {
  expect(descendants(process.pid).length, 'no process is left').toBe(0);
  const own = readdirSync(tmpdir()).filter((name) => name.startsWith(`allclear-journey-${process.pid}-`));
  expect(own, 'no folder is left').toEqual([]);
});

function go(script: string, given: Partial<JourneyOrder> = {}): Promise<JourneyEnd> {
  return runJourney(
    {
      script,
      secrets: { PASSWORD: 'hunter2' },
      url: shop.url,
      screen: 'desk',
      skipVerification: false,
      timeoutMs: 30_000,
      allowedTargets: ['127.0.0.0/8'],
      chromium: '/usr/bin/chromium',
      watched: false,
      ...given,
    },
    () => undefined,
  );
}

const brief = ({ error, steps }: JourneyEnd) => ({
  error: error && `${error.kind}: ${error.message}`,
  steps: steps.map(({ name, outcome }) => `${outcome} ${name}`),
});

/** Everything in a trace, as another program reads it. */
function unzip(trace: Uint8Array | null): string {
  const read =
    'import sys, io, zipfile\nz = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))\nassert z.testzip() is None\nfor name in z.namelist(): sys.stdout.buffer.write(z.read(name))';
  return execFileSync('python3', ['-c', read], { input: Buffer.from(trace ?? []), maxBuffer: 50_000_000 }).toString(
    'latin1',
  );
}

describe('a journey', () => {
  it('logs in, step by step, and is up', async () => {
    const end = await go(`
await step('Open the shop', async () => {
  const response = await page.goto('/');
  expect(response.status()).toBe(200);
  await expect(page).toHaveTitle('Shop');
});
await step('Log in', async () => {
  await page.getByRole('link', { name: /log in/i }).click();
  await page.getByLabel('User').fill('ann');
  await page.getByLabel('Password').fill(secret('PASSWORD'));
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL('**/home');
  await expect(page.getByRole('heading')).toHaveText('Hello Ann');
  await expect(page.getByRole('listitem')).toHaveText(['tea', /cof/]);
  await expect(page.getByText('Wrong password')).not.toBeVisible();
  expect(page.url()).toContain('/home');
  expect(await page.evaluate((more) => document.title + more, '!')).toBe('Home!');
});`);
    expect(brief(end)).toEqual({ error: null, steps: ['passed Open the shop', 'passed Log in'] });
    expect(end.notes).toContain('console: boom');
    expect(end.address).toBe('127.0.0.1');
    expect(end.picture).toBeNull();
  });

  it('is a Playwright test as it was pasted, in TypeScript, with a phone of its own', async () => {
    const end = await go(`import { test, expect, type Page } from '@playwright/test';

test.use({ viewport: { width: 400, height: 700 } });
test.describe('shop', () => {
  test.beforeEach(async ({ page }: { page: Page }) => {
    await page.goto('/login');
  });
  test('shows its form', async ({ page }) => {
    expect(await page.evaluate(() => innerWidth)).toBe(400);
  });
  test('logs in', async ({ page }) => {
    await test.step('type', async () => {
      await page.getByLabel('User').fill('ann');
      await page.getByLabel('Password').fill(process.env.PASSWORD!);
    });
    await page.getByRole('button').click();
    await expect(page.locator('h1')).toContainText('Ann');
  });
});
`);
    expect(brief(end)).toEqual({
      error: null,
      steps: [
        'passed shop › shows its form › goto /login',
        'passed shop › logs in › goto /login',
        'passed shop › logs in › type',
        "passed shop › logs in › click getByRole('button')",
        "passed shop › logs in › expect toContainText locator('h1')",
      ],
    });
  });

  it('answers dialogs and follows pages that open', async () => {
    const end = await go(`
page.on('dialog', (dialog) => dialog.accept());
await page.goto('/ask');
await page.getByRole('button').click();
await expect(page.getByRole('heading')).toHaveText('Yes');
await page.goto('/popup');
const [opened] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link').click()]);
await expect(opened.getByRole('heading')).toHaveText('Hello Ann');`);
    expect(end.error).toBeNull();
  });

  it('says in which line and step it failed, with a picture, and never the secret', async () => {
    const end = await go(
      `await page.goto('/login');
await step('Log in with hunter3', async () => {
  await page.getByLabel('User').fill(secret('PASSWORD'));
  await page.getByLabel('Password').fill(secret('PASSWORD'));
  await page.getByRole('button').click();
  console.log('typed', secret('PASSWORD'));
  await expect(page.getByRole('heading')).toHaveText(secret('PASSWORD'), { timeout: 500 });
});`,
      { secrets: { PASSWORD: 'hunter3' } },
    );
    expect(brief(end)).toEqual({
      error: "answer: line 7: expected getByRole('heading') to have text “[secret]”, got “Wrong password” (for 500 ms)",
      steps: ['passed goto /login', 'failed Log in with [secret]'],
    });
    expect(Buffer.from(end.picture ?? []).subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    const trace = unzip(end.trace);
    expect(trace).toContain('[secret]');
    expect(trace).toContain('Wrong password');
    expect(JSON.stringify([end.steps, end.notes, end.error]) + trace).not.toContain('hunter3');
  });

  it.each([
    [
      "await page.goto('/');\nawait page.getByRole('button', { name: 'Nope' }).click({ timeout: 700 });",
      "timeout: line 2: click getByRole('button', { name: 'Nope' }): not possible within 0.7 s (nothing like it is on the page)",
    ],
    ["const t = await page.title();\nexpect(t).toBe('Shop');", 'answer: line 2: expected “” to be “Shop”'],
    [
      "await page.goto('/missing').then((r) => expect(r.ok()).toBe(true));",
      'answer: line 1: expected false to be true',
    ],
    [
      "await page.goto('http://127.0.0.1:81/');",
      'refused: line 1: goto http://127.0.0.1:81/: connection refused by 127.0.0.1:81',
    ],
    ['throw new Error("the basket is empty");', 'answer: line 1: the basket is empty'],
    ['await nothing();', 'invalid-spec: line 1: ReferenceError: nothing is not defined'],
    ["await page.route('**', () => {});", 'invalid-spec: line 1: page.route is not available in a journey'],
    [
      "await page.locator('input').setInputFiles('/etc/passwd');",
      'invalid-spec: line 1: locator.setInputFiles is not available in a journey',
    ],
    [
      "test('x', async ({ request }) => {});",
      'invalid-spec: line 1: the fixture request is not available in a journey',
    ],
    ["secret('OTHER')", 'invalid-spec: line 1: there is no secret named OTHER'],
    ['const x = 1;\nlet let = 2;', 'invalid-spec: line 2: Unexpected strict mode reserved word'],
  ])('tells of %j: %s', async (script, error) => {
    expect(brief(await go(script)).error).toBe(error);
  });

  it('is ended in its time where the page hangs, and says what was under way', async () => {
    const end = await go(
      "await page.goto('/hang');\nawait step('Wait', async () => { await page.waitForTimeout(300); await page.title(); });",
      {
        timeoutMs: 6_000,
      },
    );
    expect(end.error).toEqual({ kind: 'timeout', message: 'not finished within 6 s, in the middle of “Wait”' });
    expect(end.tookMs).toBeLessThan(9_000);
  });

  it('shows its steps and the page while it goes', async () => {
    const seen: string[] = [];
    let pictures = 0;
    const end = await runJourney(
      {
        script: "await step('one', () => page.goto('/'));\nawait step('two', () => page.waitForTimeout(2500));",
        secrets: {},
        url: shop.url,
        screen: 'phone',
        skipVerification: false,
        timeoutMs: 30_000,
        allowedTargets: ['127.0.0.0/8'],
        chromium: '/usr/bin/chromium',
        watched: true,
      },
      ({ steps, picture }) => {
        seen.push(steps.map(({ name }) => name).join());
        if (picture !== null) pictures += 1;
      },
    );
    expect(end.error).toBeNull();
    expect(seen).toEqual(expect.arrayContaining(['one', 'one,two']));
    expect(pictures).toBeGreaterThan(0);
  });
});
