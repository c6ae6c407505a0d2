import { z } from 'zod';
import { JOURNEY_LIMITS } from './journey-limits.ts';
import { defineKind } from './kind.ts';

/** What a new journey begins with; whoever has an address has a whole question. */
export const JOURNEY_TEMPLATE = `// The address above is where it starts; every step is timed.
await step('Open the page', async () => {
  await page.goto('/');
  await expect(page).toHaveTitle(/./);
});
`;

/** A script that uses a page in a real browser as somebody would. */
export const journey = defineKind({
  kind: 'journey',
  schemes: { https: { port: 443, secure: true }, http: { port: 80, secure: false } },
  options: z.object({
    /** Playwright's calls, or a whole Playwright test. */
    script: z.string().min(1).max(JOURNEY_LIMITS.scriptLength).default(JOURNEY_TEMPLATE),
    /** By name; the script reads them as `secret('NAME')`. */
    secrets: z
      .record(
        z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,59}$/, 'a secret is named by letters, digits and _'),
        z.string().min(1).max(JOURNEY_LIMITS.secretLength),
      )
      .refine(
        (secrets) => Object.keys(secrets).length <= JOURNEY_LIMITS.secrets,
        `at most ${JOURNEY_LIMITS.secrets} secrets`,
      )
      .default({}),
    screen: z.enum(['desk', 'phone']).default('desk'),
    skipVerification: z.boolean().default(false),
  }),
  secrets: [],
  secretRecords: ['secrets'],
  assertions: ['response-time'],
  // A browser is dear.
  interval: { minSeconds: 60, usualSeconds: 300 },
});
