import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { listHolidayCalendars, listHolidays } from '#access/contract';
import { tellAtADesk } from './harness/at-a-desk.ts';
import type { Hands } from './harness/hands.ts';
import type { OwnedHouse } from './harness/house.ts';

/** The year after this one: its days are known and none of them is over. */
const YEAR = new Date().getUTCFullYear() + 1;

describe('a calendar of public holidays, made and changed on screen', () => {
  let house: OwnedHouse;
  let page: Page;
  let at: Hands;

  const calendars = async () => (await house.client.call(listHolidayCalendars, { query: {} })).items;
  const names = async (id: string) =>
    (
      await house.client.call(listHolidays, {
        params: { id },
        query: { from: `${YEAR}-01-01`, to: `${YEAR}-12-31` },
      })
    ).items.map(({ date, name }) => `${date} ${name}`);

  const chapter = tellAtADesk((desk) => void ({ house, page, at } = desk));

  chapter('a calendar of nothing is refused, and what was typed stays', async () => {
    await page.goto('/settings/holidays');
    await at.button('Add a calendar').first().click();
    await at.field('Name').fill('Munich');
    await at.button('Add it').click();
    await at.dialog.getByText('Pick a country, or write days here.').waitFor();
    await at.field('Other days on which you are closed').fill('Christmas Eve');
    await at.button('Add it').click();
    await at.dialog.getByText('“Christmas Eve” is no day: write 2026-12-24 and its name.').waitFor();
    expect(await at.field('Name').inputValue()).toBe('Munich');
    expect(await calendars()).toEqual([]);
  });

  chapter('a country, its region and a day of one’s own become the workspace’s calendar', async () => {
    await at.choice('Country').selectOption({ label: 'Germany' });
    await at.choice('Region').selectOption('BY');
    await at.field('Other days on which you are closed').fill(`${YEAR}-12-24 Christmas Eve`);
    await at.dialog.getByLabel('The workspace’s').check();
    await at.button('Add it').click();
    await at.dialog.waitFor({ state: 'detached' });
    const [made] = await calendars();
    expect(made).toMatchObject({ name: 'Munich', country: 'DE', region: 'BY', isDefault: true, leftOut: [] });
    const days = await names(made?.id ?? '');
    expect(days).toContain(`${YEAR}-12-24 Christmas Eve`);
    expect(days.some((day) => day.endsWith('Epiphany'))).toBe(true);
  });

  chapter('a day on which one works is unticked, and the name changes', async () => {
    await at.button('Edit Munich').click();
    await at.dialog.getByRole('checkbox', { name: /^Epiphany/ }).uncheck();
    await at.field('Name').fill('Munich and Augsburg');
    await at.button('Save').click();
    await at.dialog.waitFor({ state: 'detached' });
    await at.sees('Munich and Augsburg');
    const [changed] = await calendars();
    expect(changed).toMatchObject({ name: 'Munich and Augsburg', region: 'BY', isDefault: true, version: 2 });
    const days = await names(changed?.id ?? '');
    expect(days).toContain(`${YEAR}-12-24 Christmas Eve`);
    expect(days.some((day) => day.endsWith('Epiphany'))).toBe(false);
  });
});
