import type { System } from '#platform/ctx.ts';
import type { Vital } from '#platform/vital.ts';
import { PIPELINE } from '../pipeline.ts';

/** How the installation does. Never rejects: a database that does not answer is a trouble too. */
export async function readVitals(system: System): Promise<Vital[]> {
  const now = system.clock.now();
  try {
    const found = await Promise.all(PIPELINE.map(async (stage) => (await stage.vitals?.(system, now)) ?? []));
    return [{ name: 'database', trouble: null }, ...found.flat()];
  } catch (error) {
    system.log.error({ err: String(error) }, 'the vitals could not be read');
    return [{ name: 'database', trouble: 'the database does not answer' }];
  }
}
