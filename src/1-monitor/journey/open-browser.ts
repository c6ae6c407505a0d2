import { type Browser, chromium } from 'playwright-core';
import { DRIVER_LIMITS, type JourneyOrder } from './driver-wire.ts';

const FLAGS = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--metrics-recording-only',
  // What does not go through a proxy for HTTP would go around ours: QUIC, WebRTC's datagrams, WebTransport, and every
  // name that Chromium would look up by itself.
  '--disable-quic',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--force-webrtc-ip-handling-policy',
  '--dns-prefetch-disable',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--disable-blink-features=WebTransport,DirectSockets',
];

export interface OpenedBrowser {
  readonly browser: Browser;
  /** This system does not let Chromium make its own sandbox. */
  readonly unboxed: boolean;
}

/** Chromium with a fresh profile below `folder`, whose every connection goes through the proxy. Throws what it said. */
export async function openBrowser(order: JourneyOrder, proxyPort: number): Promise<OpenedBrowser> {
  const open = (boxed: boolean) =>
    chromium.launch({
      executablePath: order.chromium,
      headless: true,
      chromiumSandbox: boxed,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: DRIVER_LIMITS.launchMs,
      env: {
        HOME: order.folder,
        TMPDIR: order.folder,
        PATH: '/usr/local/bin:/usr/bin:/bin',
        LC_ALL: 'C.UTF-8',
        TZ: 'UTC',
      },
      proxy: { server: `http://127.0.0.1:${proxyPort}`, bypass: '<-loopback>' },
      args: FLAGS,
    });
  try {
    return { browser: await open(true), unboxed: false };
  } catch (error) {
    if (!/sandbox|namespace|zygote/i.test(String(error))) throw error;
    return { browser: await open(false), unboxed: true };
  }
}
