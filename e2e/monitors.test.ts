import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { getMonitor, postHeartbeat, postMonitor } from '#monitor/contract';
import { waitFor } from '#test/harness/wait-for.ts';
import { tellAtADesk } from './harness/at-a-desk.ts';
import { type Hands, handsOn } from './harness/hands.ts';
import type { OwnedHouse } from './harness/house.ts';

describe('monitors, found and changed on screen', () => {
  let house: OwnedHouse;
  let page: Page;
  let at: Hands;
  let shopId: string;

  const found = () => page.getByRole('main').getByRole('listitem').getByRole('link').allTextContents();
  const search = () => Object.fromEntries(new URL(page.url()).searchParams);

  const chapter = tellAtADesk(async (desk) => {
    ({ house, page, at } = desk);
    const add = (body: object) =>
      house.client.call(postMonitor, { body: { url: house.target.url, intervalSeconds: 600, ...body } });
    const shop = await add({ name: 'Shop', tags: ['eu'] });
    shopId = shop.id;
    await add({ name: 'Shop', url: `${house.target.url}?again`, serviceId: shop.serviceId });
    await add({ kind: 'tcp', url: house.target.url.replace('http', 'tcp'), name: 'Port', serviceId: shop.serviceId });
    await house.client.call(postHeartbeat, { body: { name: 'Backup', periodSeconds: 3_600, graceSeconds: 60 } });
  });

  chapter('two of one name are told apart by what they ask', async () => {
    await at.place('Monitors').click();
    await at.sees(/\?again/);
    await at.sees(/^TCP 127\.0\.0\.1:\d+/);
  });

  chapter('what the list is narrowed to stands in its address', async () => {
    await page.getByRole('searchbox', { name: 'Find a monitor' }).fill('sho');
    await at.choice('Service').selectOption({ label: `${new URL(house.target.url).host} (3)` });
    await at.choice('Tag').selectOption({ label: 'eu (1)' });
    await waitFor('one monitor', async () => (await found()).join() === 'Shop');
    expect(search()).toMatchObject({ q: 'sho', tag: 'eu', service: expect.stringMatching(/^svc_/) });
    await page.reload();
    await waitFor('the same', async () => (await found()).join() === 'Shop');
    expect(await page.getByRole('searchbox', { name: 'Find a monitor' }).inputValue()).toBe('sho');
  });

  chapter('its place in the sidebar shows all again', async () => {
    await at.place('Monitors').click();
    await waitFor('all of them', async () => (await found()).length === 4);
    expect(search()).toEqual({});
    expect(await page.getByRole('searchbox', { name: 'Find a monitor' }).inputValue()).toBe('');
  });

  chapter('of two who change one monitor, each keeps what they changed', async () => {
    const other = await page.context().newPage();
    for (const tab of [page, other]) {
      await tab.goto(`/monitors/${shopId}/edit`);
      await handsOn(tab).button('Save').waitFor();
    }
    const theirs = handsOn(other);
    await theirs.field(/^Name/).fill('Front of the shop');
    await theirs.button('Save').click();
    await theirs.sees('Monitor saved');
    await other.close();
    await at.field(/^Check every/).fill('300');
    await at.button('Save').click();
    await at.sees('Monitor saved');
    const saved = await house.client.call(getMonitor, { params: { id: shopId } });
    expect(saved).toMatchObject({ name: 'Front of the shop', intervalSeconds: 300 });
  });

  chapter('what is no number is refused beside its field, and said once', async () => {
    await page.goto(`/monitors/${shopId}/edit`);
    await at.field(/^Degraded above/).fill('fast');
    await at.field(/^Down after/).fill('');
    await at.button('Save').click();
    await at.sees('A number of milliseconds, or nothing');
    await at.sees('Give a number');
    await at.field(/^Degraded above/).fill('');
    await at.field(/^Down after/).fill('1000');
    await at.button('Save').click();
    await at.sees('Please look at the marked fields.');
    expect(await page.getByText('must be at most 20').count()).toBe(1);
    const kept = await house.client.call(getMonitor, { params: { id: shopId } });
    expect(kept).toMatchObject({ degradedAboveMs: null, confirm: { failures: 1 } });
  });

  chapter('a heartbeat gets a new address, and the one before works until it is revoked', async () => {
    await at.place('Monitors').click();
    await at.link('Backup').click();
    const shown = page.getByLabel('Address to call');
    const before = await shown.innerText();
    const call = async (address: string) => (await fetch(address)).status;
    await at.button('Replace the address').click();
    await at.sees('Whoever reports needs the new address');
    await at.dialog.getByRole('button', { name: 'Replace the address' }).click();
    await at.sees('The monitor has a new address');
    await at.sees('The address before works as well');
    const after = await shown.innerText();
    expect(after).not.toBe(before);
    expect([await call(before), await call(after)]).toEqual([200, 200]);
    await at.button('Revoke the address before now').click();
    await at.misses('The address before works as well');
    expect([await call(before), await call(after)]).toEqual([404, 200]);
  });
});
