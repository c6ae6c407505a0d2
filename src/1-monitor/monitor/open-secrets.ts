import { z } from 'zod';
import type { Secrets } from '#platform/secrets.ts';

const headers = z.record(z.string(), z.string());

/** The secret headers of a monitor; none when nothing is sealed. Throws when the installation's key is another one. */
export function openSecrets(secrets: Secrets, sealed: string | null): Readonly<Record<string, string>> {
  return sealed === null ? {} : headers.parse(JSON.parse(secrets.open(sealed)));
}
