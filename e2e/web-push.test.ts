import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { listChannels } from '#delivery/contract';
import { createAlertSource } from '#detect/contract';
import { listPages } from '#respond/contract';
import { createPushService, type PushService, type Subscription } from '#test/harness/push-service.ts';
import { waitFor } from '#test/harness/wait-for.ts';
import { openBrowser, PHONE, type Visitor, visit } from './harness/browser.ts';
import { tellStory } from './harness/chapter.ts';
import { type Hands, handsOn } from './harness/hands.ts';
import { openOwnedHouse, type OwnedHouse } from './harness/house.ts';
import { lendSubscription, type Notifications, watchNotifications } from './harness/notifications.ts';
import { signIn } from './harness/screens.ts';

describe('pages as notifications on a phone', () => {
  const chapter = tellStory(() => [ada]);
  let house: OwnedHouse;
  let browser: Browser;
  let service: PushService;
  let subscription: Subscription;
  let notifications: Notifications;
  let ada: Visitor;
  let at: Hands;
  let intakeUrl: string | undefined;

  beforeAll(async () => {
    [house, browser, service] = await Promise.all([
      openOwnedHouse(inject('dashboardDir')),
      openBrowser(),
      createPushService(),
    ]);
    const { webPushKey } = await house.client.call(listChannels, {});
    subscription = service.subscribe(webPushKey);
    ada = await visit(browser, house.url, { viewport: PHONE, hasTouch: true, isMobile: true });
    await lendSubscription(ada.page, subscription);
    at = handsOn(ada.page);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
    await service?.close();
  });

  const newest = (title: string | RegExp) =>
    waitFor(`a push ${String(title)}`, () => {
      const found = subscription.pushed.at(-1);
      return found !== undefined && new RegExp(title).test(found.data.title) ? found : undefined;
    });
  const pages = async () => (await house.client.call(listPages, { query: {} })).items;
  const breakSomething = async (title: string) => {
    intakeUrl ??= (await house.client.call(createAlertSource, { body: { name: 'anything' } })).intakeUrl;
    const body = JSON.stringify({ title, severity: 'critical' });
    await fetch(intakeUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return newest(title);
  };

  chapter('one button asks for notifications, one tap confirms that they arrive', async () => {
    await signIn(ada.page);
    await ada.page.goto('/settings/reach');
    await at.sees(/may stay silent on a phone/);
    await at.button('Notify this browser').click();
    await at.sees('A notification is on its way here');
    notifications = await watchNotifications(ada.page);
    await notifications.deliver(await newest(/is your Allclear code/));
    const { title, actions } = await notifications.shown(/is your Allclear code/);
    expect(actions).toEqual(['Confirm']);
    await notifications.press(title, 'Confirm');
    await notifications.shown('Verified: pages reach you here.');
    await at.sees('Pages are shown in this browser.');
  });

  chapter('one tap on the button of the notification acknowledges', async () => {
    await notifications.deliver(await breakSomething('checkout is down'));
    const title = '[PAGE] checkout is down';
    expect((await notifications.shown(title)).actions).toEqual(['Acknowledge', 'Open']);
    await notifications.press(title, 'Acknowledge');
    expect(await pages()).toMatchObject([{ state: 'acknowledged', acknowledgedChannel: 'push' }]);
    expect((await notifications.shown('You acknowledged it. Nobody else will be paged.')).body).toBe(title);
  });

  chapter('a tap on it opens the page, and a second one takes command', async () => {
    const { data } = await breakSomething('search is down');
    await ada.page.goto(data.url ?? '');
    for (const name of ['Acknowledge', 'Acknowledge and take command'])
      expect(await inView(name), `${name} is in view`).toBe(true);
    await at.button('Acknowledge and take command').tap();
    await at.sees(/^You acknowledged it/);
    const [page] = await pages();
    expect(page).toMatchObject({ state: 'acknowledged', acknowledgedChannel: 'link', incidentId: expect.any(String) });
  });

  chapter('the browser complained of nothing', async () => {
    expect(ada.faults).toMatchObject({ unexpected: [], refusals: [] });
  });

  async function inView(name: string): Promise<boolean> {
    const box = await at.button(name).boundingBox();
    return box !== null && box.y >= 0 && box.y + box.height <= PHONE.height && box.height >= 44;
  }
});
