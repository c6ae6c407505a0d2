import type { Page } from 'playwright-core';

export type Faults = {
  /** Errors on the console and in scripts, violated policies, requests that failed: all that should not be. */
  readonly unexpected: readonly string[];
  /** Answers of 400 and above, as `400 POST /api/v1/monitors`: a test says which of them it asked for. */
  readonly refusals: readonly string[];
};

/** Chromium's own line for each refused request; the answer itself is recorded with what was asked. */
const REFUSED = /^Failed to load resource: the server responded with a status of/;

/** Keeps everything that a browser complains about from now on. */
export function watchFaults(page: Page): Faults {
  const unexpected: string[] = [];
  const refusals: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !REFUSED.test(message.text()))
      unexpected.push(`console: ${message.text()} (${page.url()})`);
  });
  page.on('pageerror', (error) => unexpected.push(`script: ${error.stack ?? error.message}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? 'failed';
    // Leaving a screen ends what it was still asking for.
    if (why !== 'net::ERR_ABORTED') unexpected.push(`${why}: ${request.method()} ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() < 400) return;
    const { pathname } = new URL(response.url());
    refusals.push(
      `${response.status()} ${response.request().method()} ${pathname.replaceAll(/[a-z]+_\w{10,}/g, '{id}')}`,
    );
  });
  return { unexpected, refusals };
}
