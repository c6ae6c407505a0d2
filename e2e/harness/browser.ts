import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type Faults, watchFaults } from './faults.ts';
import { type Traffic, watchTraffic } from './settled.ts';

/** How long anything on a screen may take before a test gives it up. */
const PATIENCE_MS = 10_000;

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** A real Chromium with a fresh user data directory that talks to nobody but us. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export type Visitor = {
  readonly page: Page;
  readonly faults: Faults;
  readonly traffic: Traffic;
  readonly leave: () => Promise<void>;
};

/** Somebody at a screen of their own: own cookies, own storage, and a record of what went wrong in the browser. */
export async function visit(browser: Browser, baseUrl: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: DESKTOP,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  return { page, faults: watchFaults(page), traffic: watchTraffic(page), leave: () => context.close() };
}
