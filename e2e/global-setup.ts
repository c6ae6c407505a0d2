import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildDashboard } from '#app/build-dashboard.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The dashboard as built for this run. */
    dashboardDir: string;
  }
}

/** Builds the dashboard once for the run, in a folder of the run's own, so that no later build pulls it away. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'allclear-dashboard-'));
  project.provide('dashboardDir', await buildDashboard(() => undefined, dir));
  return () => rm(dir, { recursive: true, force: true });
}
