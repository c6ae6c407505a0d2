import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { openBrowser, type Visitor, visit } from './harness/browser.ts';
import { tellStory } from './harness/chapter.ts';
import { type Hands, handsOn } from './harness/hands.ts';
import { type House, OWNER, openOwnedHouse } from './harness/house.ts';
import { type Keys, keysOf } from './harness/keys.ts';

const TITLE = 'Search answers with old results';

describe('an incident from sign-in to stand-down, by keyboard alone', () => {
  const chapter = tellStory(() => [ada]);
  let house: House;
  let browser: Browser;
  let ada: Visitor;
  let page: Page;
  let at: Hands;
  let keys: Keys;

  beforeAll(async () => {
    [house, browser] = await Promise.all([openOwnedHouse(inject('dashboardDir')), openBrowser()]);
    ada = await visit(browser, house.url);
    page = ada.page;
    at = handsOn(page);
    keys = keysOf(page);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  chapter('sign in: the cursor is where one types', async () => {
    await page.goto('/');
    await keys.reach(at.field('Email'));
    await keys.type(OWNER.email);
    await keys.press('Tab');
    await keys.type(OWNER.password);
    await keys.press('Enter');
    await page.getByRole('heading', { name: 'Now' }).waitFor();
  });

  chapter('? says which keys there are', async () => {
    await keys.press('?');
    await at.dialog.getByText('Declare an incident').waitFor();
    await keys.press('Escape');
    await at.dialog.waitFor({ state: 'detached' });
  });

  chapter('d declares from anywhere', async () => {
    await keys.press('d');
    await keys.reach(at.field('What is wrong?'));
    await keys.type(TITLE);
    await keys.reach(at.dialog.getByRole('radio', { name: /SEV1/ }));
    await keys.press('ArrowDown');
    expect(await at.dialog.getByRole('radio', { name: /SEV2/ }).isChecked()).toBe(true);
    await keys.press('Enter');
    await page.getByRole('heading', { name: TITLE }).waitFor();
  });

  chapter('n writes a note, a command takes a role', async () => {
    await keys.press('n');
    await keys.reach(at.field('Note'));
    await keys.type('The index stopped at noon.');
    await keys.press('Enter');
    await page.getByRole('list', { name: 'Timeline entries' }).getByText('The index stopped at noon.').waitFor();
    await keys.type('/ic');
    await keys.press('Enter');
    await at.button(/^ada ?, Incident commander/i).waitFor();
    await keys.reach(at.button('Take the role Communications lead'));
    await keys.press('Enter');
    await at.button(/^ada ?, Communications lead/i).waitFor();
  });

  chapter('u writes a public update', async () => {
    await keys.press('u');
    await keys.reach(at.field('What customers read'));
    await keys.press('Control+Enter');
    await page.getByRole('list', { name: 'Timeline entries' }).getByText('Public update').waitFor();
  });

  chapter('m mitigates, r resolves, and everybody stands down', async () => {
    await keys.press('m');
    await keys.reach(at.dialog.getByRole('button', { name: 'Mark mitigated' }));
    await keys.press('Enter');
    await at.sees('Service is restored; watching');
    await keys.press('r');
    await keys.reach(at.dialog.getByRole('button', { name: 'Resolve', exact: true }));
    await keys.press('Enter');
    await keys.reach(at.button('Stand down'));
    await keys.press('Enter');
    await keys.reach(at.dialog.getByRole('button', { name: 'Stand down' }));
    await keys.press('Enter');
    await at.sees('Stood down. Thank you.');
  });

  chapter('nothing went wrong in the browser on the way', async () => {
    expect(ada.faults.unexpected).toEqual([]);
    expect(ada.faults.refusals).toEqual(['401 GET /api/v1/session']);
  });
});
