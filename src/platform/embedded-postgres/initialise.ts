import { spawn } from 'node:child_process';
import { chown, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { initdbArguments } from './arguments.ts';
import type { Binaries } from './binaries.ts';
import { errorCode, explainFailure, startupError } from './failure.ts';
import { type Launcher, launchCommand, launchEnvironment } from './launcher.ts';
import type { ClusterPaths } from './paths.ts';

/** Whether the cluster is there. Refuses one that these programs cannot read. */
export async function clusterExists(paths: ClusterPaths, binaries: Binaries): Promise<boolean> {
  const files = await readdir(paths.cluster).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  if (files.length === 0) return false;
  const version = (await readFile(join(paths.cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version === String(binaries.major)) return true;
  if (version === '') {
    throw startupError(
      `${paths.cluster} is not a PostgreSQL data directory, or a damaged one. Move it away to start empty, or restore a backup.`,
    );
  }
  const age = Number(version) > binaries.major ? 'a newer' : 'an older';
  throw startupError(
    `The database in ${paths.cluster} was made by PostgreSQL ${version}, ${age} version than the ${binaries.major} of this Allclear. Start the Allclear release that made it, or set ALLCLEAR_DATA_DIR to another directory.`,
  );
}

/**
 * Makes the cluster. It appears under its name only when it is whole, so that a start which is interrupted leaves nothing
 * that looks like a database.
 */
export async function initialiseCluster(paths: ClusterPaths, binaries: Binaries, launcher: Launcher): Promise<void> {
  const parent = dirname(paths.cluster);
  const prefix = `${basename(paths.cluster)}.new-`;
  for (const left of (await readdir(parent)).filter((name) => name.startsWith(prefix))) {
    await rm(join(parent, left), { recursive: true, force: true });
  }
  const making = join(parent, `${prefix}${process.pid}`);
  try {
    await mkdir(making, { mode: 0o700 });
    if (launcher.owner) await chown(making, launcher.owner.uid, launcher.owner.gid);
    await runInitdb(making, binaries, launcher);
    await rename(making, paths.cluster);
    await syncDirectory(parent);
  } catch (error) {
    await rm(making, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

async function runInitdb(cluster: string, binaries: Binaries, launcher: Launcher): Promise<void> {
  const { file, args, ...account } = launchCommand(launcher, binaries.initdb, initdbArguments(cluster));
  const child = spawn(file, args, {
    ...account,
    cwd: '/',
    env: launchEnvironment(binaries),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw explainFailure('making the database', `${out}\n${err}`, { dataDir: dirname(cluster) });
}

/** Makes the new name survive a power cut, see fsync(2). */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Who owns the cluster or, when it is not there, nobody. */
export async function clusterOwner(paths: ClusterPaths): Promise<{ uid: number; gid: number } | null> {
  const found = await stat(paths.cluster).catch(() => null);
  return found === null ? null : { uid: found.uid, gid: found.gid };
}
