import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import type { Config } from '#platform/config.ts';
import { fail, type Finding, ok, reason, skip, warn } from './finding.ts';

const NEEDED_MAJOR = 26;
const LOW_DISK_BYTES = 2 * 1024 ** 3;
const NO_DISK_BYTES = 200 * 1024 ** 2;

export function checkNode(version: string): Finding {
  const major = Number(version.replace(/^v/, '').split('.')[0]);
  if (major >= NEEDED_MAJOR) return ok('node', version);
  return fail(
    'node',
    `${version} is too old: Allclear brings Node ${NEEDED_MAJOR} along. Start it by "npm start" or bin/allclear, not by "node".`,
  );
}

/** Exists or can be made, can be written, has room, and keeps its key to itself. */
export async function checkDataDirectory(dataDir: string): Promise<Finding> {
  const check = 'data directory';
  const exists = await stat(dataDir).catch(() => null);
  if (exists && !exists.isDirectory()) return fail(check, `${dataDir} is not a directory. Set ALLCLEAR_DATA_DIR.`);
  const place = exists ? dataDir : await nearestParent(dataDir);
  const writable = await access(place, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable)
    return fail(check, `${place} cannot be written by this user. Change its owner, or set ALLCLEAR_DATA_DIR.`);
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  const gibibytes = `${(free / 1024 ** 3).toFixed(1)} GiB free`;
  if (free < NO_DISK_BYTES) return fail(check, `${place} has only ${gibibytes}. Make room before PostgreSQL stops.`);
  const key = await stat(join(dataDir, 'secret.key')).catch(() => null);
  if (key && (key.mode & 0o077) !== 0)
    return warn(
      check,
      `${join(dataDir, 'secret.key')} can be read by other users of this machine. Run: chmod 600 ${join(dataDir, 'secret.key')}`,
    );
  if (free < LOW_DISK_BYTES) return warn(check, `${place}, ${gibibytes}`);
  return ok(check, `${dataDir}${exists ? '' : ' (will be made)'}, ${gibibytes}`);
}

async function nearestParent(path: string): Promise<string> {
  const parent = dirname(path);
  if (parent === path) return path;
  return (await stat(parent).catch(() => null)) ? parent : nearestParent(parent);
}

/** Whether the server's port is ours already, or free. */
export async function checkPort(config: Config, serverAnswers: boolean): Promise<Finding> {
  const where = `${config.host}:${config.port}`;
  if (!config.roles.has('web')) return skip('port', 'this node serves no HTTP (ALLCLEAR_ROLES)');
  if (serverAnswers) return ok('port', `${where}, Allclear answers there`);
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(fail('port', portFault(error, where))));
    probe.listen(config.port, config.host, () => probe.close(() => resolve(ok('port', `${where} is free`))));
  });
}

function portFault(error: NodeJS.ErrnoException, where: string): string {
  if (error.code === 'EADDRINUSE') return `${where} is taken by another program. Stop it, or set ALLCLEAR_PORT.`;
  if (error.code === 'EACCES') return `This user may not listen on ${where}. Set ALLCLEAR_PORT to 1024 or higher.`;
  if (error.code === 'EADDRNOTAVAIL') return `This machine has no address ${where}. Set ALLCLEAR_HOST.`;
  return `${where} cannot be used: ${reason(error)}`;
}
