import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Where the parts of the embedded database lie. `cluster` is PostgreSQL's own data directory. */
export type ClusterPaths = {
  readonly dataDir: string;
  readonly cluster: string;
  readonly log: string;
  readonly libraries: string;
  /** Short name that tells this data directory from every other on the machine. */
  readonly name: string;
};

export const PORT = 5432;
/** Longest socket path that Linux takes, `sun_path` in unix(7) less its end; macOS takes 103. */
const LONGEST_SOCKET_PATH = process.platform === 'darwin' ? 103 : 107;

/** The layout below a data directory, which must be an absolute path without symlinks. */
export function clusterPaths(dataDir: string): ClusterPaths {
  return {
    dataDir,
    cluster: join(dataDir, 'postgres'),
    log: join(dataDir, 'postgres.log'),
    libraries: join(dataDir, 'postgres-libraries'),
    name: `allclear-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`,
  };
}

/** The socket file that PostgreSQL makes in a folder. */
export function socketFile(socketDir: string): string {
  return join(socketDir, `.s.PGSQL.${PORT}`);
}

/** Whether a socket in this folder can be bound at all: longer paths are fatal to PostgreSQL. */
export function fitsSocketPath(socketDir: string): boolean {
  return Buffer.byteLength(socketFile(socketDir)) <= LONGEST_SOCKET_PATH;
}
