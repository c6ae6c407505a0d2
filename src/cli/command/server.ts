import type { GlobalOptions } from '../api.ts';
import type { Io } from '../io.ts';

export type ServerOptions = {
  readonly host?: string;
  readonly port?: string;
  readonly publicUrl?: string;
  readonly databaseUrl?: string;
  readonly roles?: string;
};

/** Runs an instance until SIGINT or SIGTERM. Flags win over the environment. */
export async function server(global: GlobalOptions, io: Io, options: ServerOptions): Promise<void> {
  const flags = {
    ALLCLEAR_HOST: options.host,
    ALLCLEAR_PORT: options.port,
    ALLCLEAR_PUBLIC_URL: options.publicUrl,
    ALLCLEAR_DATA_DIR: global.dataDir,
    DATABASE_URL: options.databaseUrl,
    ALLCLEAR_ROLES: options.roles,
  };
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
  const { start, fail } = await import('#app/start.ts');
  await start({ ...io.env, ...given }).catch(fail);
}
