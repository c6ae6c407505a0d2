import { hostname } from 'node:os';
import type { System } from '#platform/ctx.ts';
import { digest } from '#platform/secrets.ts';

/** The same place keeps its name over a restart. */
export function nodeIdOf({ config }: System): string {
  return digest(`${hostname()}:${config.dataDir}`).slice(0, 24);
}
