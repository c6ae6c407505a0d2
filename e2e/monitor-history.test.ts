import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { listResults, type Outcome, postMonitor } from '#monitor/contract';
import { waitFor } from '#test/harness/wait-for.ts';
import { tellAtADesk } from './harness/at-a-desk.ts';
import type { Hands } from './harness/hands.ts';
import type { OwnedHouse } from './harness/house.ts';

describe('what a monitor was like, over any stretch of time', () => {
  let house: OwnedHouse;
  let page: Page;
  let at: Hands;

  const search = () => new URL(page.url()).searchParams;
  const lengthMs = () => Date.parse(search().get('to') ?? '') - Date.parse(search().get('from') ?? '');

  const chapter = tellAtADesk((desk) => void ({ house, page, at } = desk));

  chapter('the line shows what was down, and a click on it looks closer', async () => {
    const { client, target } = house;
    const { id } = await client.call(postMonitor, { body: { url: target.url, name: 'Shop', intervalSeconds: 5 } });
    const params = { id };
    const checks = async (outcome: Outcome) =>
      (await client.call(listResults, { params, query: {} })).items.filter((one) => one.outcome === outcome).length;
    await waitFor('checks that are up', async () => (await checks('up')) >= 2, 30_000);
    target.setStatus(503);
    await waitFor('checks that are down', async () => (await checks('down')) >= 2, 30_000);
    target.setStatus(200);
    await waitFor('checks that are up again', async () => (await checks('up')) >= 5, 60_000);
    await page.goto(`/monitors/${id}`);
    await page.getByRole('img', { name: /^Response time of Shop/ }).waitFor();
    await page.getByRole('button', { name: /^Down / }).click();
    await page.getByText(/^\d\d.*% up · .*down/).waitFor();
    expect(lengthMs()).toBeGreaterThanOrEqual(60_000);
    expect(lengthMs()).toBeLessThanOrEqual(300_000);
  });

  chapter('zooming out shows more, and Back what was there before', async () => {
    const before = lengthMs();
    await at.button('Zoom out').click();
    await page.waitForFunction((ms) => {
      const { searchParams } = new URL(location.href);
      return Date.parse(searchParams.get('to') ?? '') - Date.parse(searchParams.get('from') ?? '') > ms;
    }, before);
    await page.goBack();
    await waitFor('the stretch before', () => lengthMs() === before);
    await page.goBack();
    await waitFor('the last hour', () => search().size === 0);
  });

  chapter('what is drawn over in the chart is zoomed into', async () => {
    const chart = page.getByRole('img', { name: /^Response time of Shop/ });
    const box = await chart.boundingBox();
    if (box === null) throw new Error('the chart is not there');
    await page.mouse.move(box.x + box.width * 0.4, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.99, box.y + 70, { steps: 5 });
    await page.mouse.up();
    await at.button('Zoom out').waitFor();
    expect(lengthMs()).toBeGreaterThanOrEqual(60_000);
    await at.button('phases').click();
    await page.getByRole('img', { name: /^Where the time of Shop went.*first byte/ }).waitFor();
  });

  chapter('a stretch of one’s own that makes no sense is refused', async () => {
    await at.button('from … to').click();
    await at.field('From').fill('2026-11-25T10:00');
    await at.field('To').fill('2026-11-24T10:00');
    await at.button('Show').click();
    await at.dialog.getByText('Choose a time after the beginning.').waitFor();
    await at.field('To').fill('2026-11-25T12:00');
    await at.button('Show').click();
    await at.dialog.waitFor({ state: 'detached' });
    expect(lengthMs()).toBe(7_200_000);
    await page.getByText('Nothing was measured in this stretch.').waitFor();
  });
});
