import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { ConfigFile } from '#monitor/contract';
import { CommandError, type Io } from '../io.ts';

const MOST_FILES = 300;
const IS_CONFIG = /\.(ya?ml|json)$/i;

/** Files of monitoring, of folders all YAML and JSON in them and below; `-` reads standard input. */
export async function readConfigFiles(io: Io, paths: readonly string[]): Promise<ConfigFile[]> {
  const files = (await Promise.all(paths.map((path) => filesIn(io, path)))).flat();
  if (files.length === 0) throw new CommandError(`${paths.join(', ')}: there are no .yaml, .yml or .json files.`);
  if (files.length > MOST_FILES)
    throw new CommandError(`There are ${files.length} files; at most ${MOST_FILES} are applied at once.`);
  return files;
}

async function filesIn(io: Io, path: string): Promise<ConfigFile[]> {
  if (path === '-') return [{ name: 'standard input', text: await io.stdin() }];
  try {
    if (!(await stat(path)).isDirectory()) return [{ name: basename(path), text: await readFile(path, 'utf8') }];
    const found = await readdir(path, { recursive: true, withFileTypes: true });
    const names = found
      .filter((one) => one.isFile() && IS_CONFIG.test(one.name))
      .map((one) => join(one.parentPath, one.name))
      .filter(
        (name) =>
          !relative(path, name)
            .split(/[\\/]/)
            .some((part) => part.startsWith('.')),
      )
      .toSorted();
    return await Promise.all(
      names.map(async (name) => ({ name: relative(path, name), text: await readFile(name, 'utf8') })),
    );
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${path} cannot be read.`);
  }
}

/** What the files call by `${NAME}` and the environment has; what it has not, the server names with its line. */
export function variablesOf(io: Io, files: readonly ConfigFile[]): Record<string, string> {
  const names = new Set(
    files.flatMap(({ text }) =>
      [...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]{0,99})\}/g)].map(([, name = '']) => name),
    ),
  );
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const value = io.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
