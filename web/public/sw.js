// Takes pushes and shows them; nothing else. It keeps no copy of the dashboard and answers none of its requests.

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => {
  event.waitUntil(show(readMessage(event.data)));
});

/** Whatever arrives is shown: a browser takes the permission away from a worker that keeps silent. */
function readMessage(data) {
  try {
    return data.json();
  } catch {
    return { title: 'Allclear has news', body: 'Open it to see what happened.', url: '/', actions: [] };
  }
}

function show({ title, body, tag, urgent, url, actions }) {
  return self.registration.showNotification(title, {
    body,
    tag,
    renotify: tag !== undefined,
    requireInteraction: urgent,
    vibrate: urgent ? [400, 200, 400, 200, 400] : [200],
    icon: '/icon-192.png',
    badge: '/icon-192.png',
    timestamp: Date.now(),
    actions: actions.map(({ label }, index) => ({ action: String(index), title: label })),
    data: { url, actions, tag, title },
  });
}

self.addEventListener('notificationclick', (event) => {
  const { data } = event.notification;
  const pressed = event.action === '' ? undefined : data.actions[Number(event.action)];
  event.notification.close();
  event.waitUntil(pressed?.kind === 'http' ? answer(data, pressed.url) : open(pressed?.url ?? data.url));
});

/** Presses the button of the link without opening it, and shows what came of it in place of the notification. */
async function answer(data, url) {
  let outcome = { said: 'That did not get through. Tap to open it.', url: data.url };
  try {
    const response = await fetch(url, { method: 'POST', headers: { accept: 'application/json' } });
    if (response.ok) outcome = { said: (await response.json()).said, url: data.url };
  } catch {
    // No network: the sentence above says so, and the tap tries again.
  }
  await self.registration.showNotification(outcome.said, {
    body: data.title,
    tag: data.tag,
    silent: true,
    icon: '/icon-192.png',
    badge: '/icon-192.png',
    data: { ...data, url: outcome.url, actions: [] },
  });
}

async function open(url) {
  const target = new URL(url ?? '/', self.location.origin).href;
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const shown = windows.find((client) => client.url === target);
  return shown ? shown.focus() : self.clients.openWindow(target);
}

// The browser replaced the subscription by itself: only its person can tell Allclear the new one.
self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(
    show({
      title: 'Pages no longer reach this browser',
      body: 'Tap, and press “Notify this browser” once more.',
      tag: 'subscription',
      urgent: true,
      url: '/settings/reach',
      actions: [],
    }),
  );
});
