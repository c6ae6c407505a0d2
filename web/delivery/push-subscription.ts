import type { PushKeys } from '#respond/contract';

/** Why notifications cannot be asked for in this browser, in a sentence that says what would help; null when they can. */
export function whyNoPush(): string | null {
  if (!window.isSecureContext) return 'Notifications need HTTPS (or localhost). Open Allclear by its https address.';
  const supported = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  if (!supported && /iPhone|iPad/.test(navigator.userAgent))
    return 'On an iPhone or iPad, first choose Share, then Add to Home Screen, and open Allclear from there.';
  if (!supported) return 'This browser takes no notifications from web pages.';
  if (Notification.permission === 'denied')
    return 'Notifications of this site are blocked. Allow them in the settings of the browser, then come back.';
  return null;
}

/** The endpoint that this browser is subscribed under; null when it is not. */
export async function currentEndpoint(): Promise<string | null> {
  if (whyNoPush() !== null) return null;
  const registration = await navigator.serviceWorker.getRegistration('/');
  return (await registration?.pushManager.getSubscription())?.endpoint ?? null;
}

/** Asks the person, then the browser's push service; a subscription that nobody uses any more is replaced. */
export async function subscribe(webPushKey: string): Promise<{ address: string; pushKeys: PushKeys }> {
  if ((await Notification.requestPermission()) !== 'granted')
    throw new Error('The browser was not allowed to show notifications. Press the button again and choose Allow.');
  await navigator.serviceWorker.register('/sw.js');
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe();
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: webPushKey });
  const { p256dh, auth } = subscription.toJSON().keys ?? {};
  if (p256dh === undefined || auth === undefined) throw new Error('The browser gave no keys for its notifications.');
  return { address: subscription.endpoint, pushKeys: { p256dh, auth } };
}

/** Ends this browser's subscription when it is the one at the address. */
export async function unsubscribeFrom(address: string): Promise<void> {
  if (whyNoPush() !== null) return;
  const registration = await navigator.serviceWorker.getRegistration('/');
  const subscription = await registration?.pushManager.getSubscription();
  if (subscription?.endpoint === address) await subscription.unsubscribe();
}

const BROWSERS: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iPhone or iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux|CrOS/, 'Linux'],
];

/** "Chrome on Android": by what people know one browser from another in a list. */
export function browserName(userAgent: string): string {
  const find = (names: readonly [RegExp, string][]) => names.find(([pattern]) => pattern.test(userAgent))?.[1];
  return `${find(BROWSERS) ?? 'A browser'} on ${find(SYSTEMS) ?? 'a device'}`;
}
