import type { Page, Worker } from 'playwright-core';
import type { Pushed, Subscription } from '#test/harness/push-service.ts';
import { waitFor } from '#test/harness/wait-for.ts';

type Shown = { readonly title: string; readonly body: string; readonly actions: readonly string[] };

export type Notifications = {
  /** Hands a push to the service worker, as the browser does when one arrives; resolves when the worker is done with it. */
  readonly deliver: (pushed: Pushed) => Promise<void>;
  /** The notification with this title, once it is on the screen. */
  readonly shown: (title: string | RegExp) => Promise<Shown>;
  /** Presses a button of a notification; resolves when the worker is done with it. */
  readonly press: (title: string, label: string) => Promise<void>;
};

/**
 * Lets the page believe that its browser has a push service, which a browser without network has not: what the page asks
 * for is answered with the given subscription. Everything after that is the browser's own.
 */
export async function lendSubscription(page: Page, { endpoint, keys }: Subscription): Promise<void> {
  await page.context().grantPermissions(['notifications']);
  await page.addInitScript(
    (lent) => {
      let current: object | null = null;
      const subscription = {
        endpoint: lent.endpoint,
        toJSON: () => ({ endpoint: lent.endpoint, keys: lent.keys }),
        unsubscribe: async () => {
          current = null;
          return true;
        },
      };
      PushManager.prototype.subscribe = async () => (current = subscription) as never;
      PushManager.prototype.getSubscription = async () => current as never;
    },
    { endpoint, keys },
  );
}

/** The DOM's own types leave the buttons of a notification out. */
type WithButtons = Notification & { readonly actions?: readonly { readonly action: string; readonly title: string }[] };

/** What a service worker has and a page has not. */
type WorkerScope = typeof globalThis & {
  readonly registration: ServiceWorkerRegistration;
  readonly NotificationEvent: new (type: string, init: object) => Event;
  readonly PushEvent: new (type: string, init: { readonly data: string }) => Event;
};

/** The notifications of a page whose service worker is running. */
export async function watchNotifications(page: Page): Promise<Notifications> {
  const worker = await runningWorker(page);
  return {
    deliver: ({ data }) => worker.evaluate(DELIVER, JSON.stringify(data)),
    shown: (title) =>
      waitFor(`the notification ${String(title)}`, async () =>
        (await readShown(page)).find((one) =>
          typeof title === 'string' ? one.title === title : title.test(one.title),
        ),
      ),
    press: (title, label) => worker.evaluate(PRESS, { title, label }),
  };
}

function readShown(page: Page): Promise<Shown[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const all: WithButtons[] = await registration.getNotifications();
    return all.map((one) => ({
      title: one.title,
      body: one.body,
      actions: (one.actions ?? []).map(({ title }) => title),
    }));
  });
}

/** Runs in the worker: a push as the browser makes it, whose work can be awaited (the debugger's own only posts it). */
const DELIVER = async (data: string) => {
  const event = new (globalThis as WorkerScope).PushEvent('push', { data });
  let work: Promise<unknown> = Promise.resolve();
  Object.defineProperty(event, 'waitUntil', { value: (promise: Promise<unknown>) => void (work = promise) });
  globalThis.dispatchEvent(event);
  await work;
};

/** Runs in the worker: a click as the browser makes it, whose work can be awaited. */
const PRESS = async (wanted: { title: string; label: string }) => {
  const scope = globalThis as WorkerScope;
  const all: WithButtons[] = await scope.registration.getNotifications();
  const notification = all.find(({ title }) => title === wanted.title);
  const action = notification?.actions?.find(({ title }) => title === wanted.label)?.action;
  if (!notification || action === undefined) throw new Error(`no ${wanted.label} on ${wanted.title}`);
  const event = new scope.NotificationEvent('notificationclick', { notification, action });
  let work: Promise<unknown> = Promise.resolve();
  Object.defineProperty(event, 'waitUntil', { value: (promise: Promise<unknown>) => void (work = promise) });
  scope.dispatchEvent(event);
  await work;
};

async function runningWorker(page: Page): Promise<Worker> {
  const [running] = page.context().serviceWorkers();
  return running ?? page.context().waitForEvent('serviceworker');
}
