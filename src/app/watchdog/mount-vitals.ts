import type { Hono } from 'hono';
import type { System } from '#platform/ctx.ts';
import type { Vital } from '#platform/vital.ts';
import { readVitals } from './read-vitals.ts';

/** Whoever asks often gets the same answer, so that nobody can keep the database busy with it. */
const FRESH_MS = 5_000;

/**
 * `GET /vitals`: 200 while checks, pager and outbox go on, else 503 with what stalls; for a second installation, or
 * any other tool, that watches this one. It needs no key, names nothing of a workspace and counts nothing.
 */
export function mountVitals(app: Hono, system: System): void {
  let kept: { readonly atMs: number; readonly vitals: Promise<Vital[]> } | null = null;
  app.get('/vitals', async (c) => {
    const atMs = performance.now();
    if (kept === null || atMs - kept.atMs > FRESH_MS) kept = { atMs, vitals: readVitals(system) };
    const vitals = await kept.vitals;
    const well = vitals.every(({ trouble }) => trouble === null);
    const told = Object.fromEntries(vitals.map(({ name, trouble }) => [name, trouble === null ? 'well' : 'stalls']));
    c.header('cache-control', 'no-store');
    return c.json({ well, ...told }, well ? 200 : 503);
  });
}
