import { CommandError, type Io } from '../io.ts';

export type ProbeOptions = { readonly server?: string; readonly token?: string; readonly folder: string };

/** Runs a probe until SIGINT or SIGTERM. Flags win over the environment. */
export async function probe(io: Io, options: ProbeOptions): Promise<void> {
  const server = options.server ?? io.env['ALLCLEAR_URL'];
  const token = options.token ?? io.env['ALLCLEAR_PROBE_TOKEN'];
  if (server === undefined) throw new CommandError('Name the server: --server https://allclear.example.com.', 2);
  if (token === undefined) throw new CommandError('Give the token of this probe: --token, or ALLCLEAR_PROBE_TOKEN.', 2);
  const { probe: run } = await import('#app/probe.ts');
  await run({ server, token, folder: options.folder });
}
