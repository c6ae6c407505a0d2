import { type ClusterPaths, PORT } from './paths.ts';

export const SUPERUSER = 'allclear';
export const DATABASE = 'allclear';

/**
 * Settings for a small instance. Durability (fsync, synchronous_commit, full_page_writes) keeps PostgreSQL's defaults,
 * and so does autovacuum. No replica reads this server, so its log need not serve one.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  shared_buffers: '64MB',
  max_connections: '100',
  max_wal_size: '512MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  wal_compression: 'on',
  // Three I/O workers cost more memory than they save on a machine where everything is in the page cache.
  io_method: 'sync',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
};

/**
 * The locale comes from PostgreSQL itself (builtin provider), never from the machine: sorting is the same everywhere and
 * survives an upgrade of the operating system.
 */
export function initdbArguments(cluster: string): string[] {
  return [
    `--pgdata=${cluster}`,
    `--username=${SUPERUSER}`,
    // The socket lies in a folder that only the owner can enter, and there is no other way in.
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
}

/** The command line of the server. `cluster_name` stands in the title of each of its processes. */
export function postgresArguments(paths: ClusterPaths, socketDir: string): string[] {
  const settings = Object.entries({ ...SETTINGS, cluster_name: paths.name });
  return ['-D', paths.cluster, '-p', String(PORT), '-k', socketDir].concat(
    settings.flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  );
}

/** What PostgreSQL writes into `postmaster.opts` when it is started so; tells whether an orphan runs with our settings. */
export function recordedOptions(binary: string, args: readonly string[]): string {
  return `${binary}${args.map((arg) => ` "${arg}"`).join('')}\n`;
}
