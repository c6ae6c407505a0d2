import { z } from 'zod';
import type { Secrets } from '#platform/secrets.ts';

const values = z.record(z.string(), z.string());

/** The secret headers, or options, of a monitor by their names; none when nothing is sealed. Throws when the installation's key is another one. */
export function openSecrets(secrets: Secrets, sealed: string | null): Readonly<Record<string, string>> {
  return sealed === null ? {} : values.parse(JSON.parse(secrets.open(sealed)));
}

/** The reverse; null when there is nothing to seal. */
export function sealSecrets(secrets: Secrets, named: Readonly<Record<string, string>>): string | null {
  return Object.keys(named).length > 0 ? secrets.seal(JSON.stringify(named)) : null;
}
