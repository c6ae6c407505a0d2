import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError, type Io } from '../io.ts';

export type ProbeOptions = {
  readonly server?: string;
  readonly token?: string;
  readonly folder: string;
  readonly programs?: string;
};

/** Runs a probe until SIGINT or SIGTERM. Flags win over the environment. */
export async function probe(io: Io, options: ProbeOptions): Promise<void> {
  const server = options.server ?? io.env['ALLCLEAR_URL'];
  const token = options.token ?? io.env['ALLCLEAR_PROBE_TOKEN'];
  if (server === undefined) throw new CommandError('Name the server: --server https://allclear.example.com.', 2);
  if (token === undefined) throw new CommandError('Give the token of this probe: --token, or ALLCLEAR_PROBE_TOKEN.', 2);
  const { folder, programs } = options;
  if (programs !== undefined && !isFolder(programs)) throw new CommandError(`${programs} is not a folder.`, 2);
  const chromium = io.env['ALLCLEAR_CHROMIUM'];
  const { probe: run } = await import('#app/probe.ts');
  await run({
    server,
    token,
    folder,
    ...(programs === undefined ? {} : { programs: resolve(programs) }),
    ...(chromium === undefined || chromium === '' ? {} : { chromium }),
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
