import type { Page, Request } from 'playwright-core';
import { waitFor } from '#test/harness/wait-for.ts';

/** The live stream stays open for as long as the screen does. */
const STREAM = /\/api\/v1\/stream\b/;

export type Traffic = { readonly underWay: () => number };

/** Counts what a page is still asking for. */
export function watchTraffic(page: Page): Traffic {
  const open = new Set<Request>();
  const end = (request: Request) => void open.delete(request);
  page.on('request', (request) => {
    if (!STREAM.test(request.url())) open.add(request);
  });
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  return { underWay: () => open.size };
}

/** Waits until a screen shows what it has: nothing is asked for any more, even after it was drawn, and nothing moves. */
export async function settled(page: Page, traffic: Traffic): Promise<void> {
  let calm = 0;
  await waitFor(
    'a screen that has settled',
    async () => {
      calm = traffic.underWay() === 0 ? calm + 1 : 0;
      await drawn(page);
      return calm > 1;
    },
    15_000,
  );
}

/** Waits until what is there has been drawn and has stopped moving. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(draw);
}

async function draw(): Promise<void> {
  await document.fonts.ready;
  const ending = document
    .getAnimations()
    .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime));
  await Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}
