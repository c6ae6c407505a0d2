import { execFileSync, spawnSync } from 'node:child_process';
import { initdbArguments } from './arguments.ts';
import type { Binaries } from './binaries.ts';
import { explainFailure, startupError } from './failure.ts';

/** A user of the machine, by number. */
export type Account = { readonly uid: number; readonly gid: number };

/** A way to run PostgreSQL's programs, which refuse to run as root. */
export type Launcher = {
  readonly how: 'as-is' | 'other-user' | 'other-user-enters-all' | 'user-namespace';
  /** Who must own PostgreSQL's files; absent = whoever we are. */
  readonly owner: Account | undefined;
};

export type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
};

const ROOT: Account = { uid: 0, gid: 0 };

/**
 * The ways to try, best first. Files that exist decide who runs the server. Root otherwise takes the owner of the data
 * directory or the machine's service account; when that one cannot enter a folder above, it gets the right to enter any
 * (and nothing else); and where root may not become somebody else, it only looks like somebody else to PostgreSQL.
 */
export function launchers(
  we: Account,
  clusterOwner: Account | null,
  dataDirOwner: Account,
  service: () => Account,
): Launcher[] {
  if (we.uid !== 0) return [{ how: 'as-is', owner: undefined }];
  if (clusterOwner?.uid === 0) return [{ how: 'user-namespace', owner: ROOT }];
  const owner = clusterOwner ?? (dataDirOwner.uid === 0 ? service() : dataDirOwner);
  const asOther: Launcher[] = [
    { how: 'other-user', owner },
    { how: 'other-user-enters-all', owner },
  ];
  return clusterOwner ? asOther : [...asOther, { how: 'user-namespace', owner: ROOT }];
}

/** The command that runs a program in the launcher's way. Each replaces itself by the program, so the process id stays. */
export function launchCommand({ how, owner }: Launcher, file: string, args: readonly string[]): Command {
  if (how === 'as-is' || owner === undefined) return { file, args };
  if (how === 'other-user') return { file, args, ...owner };
  if (how === 'user-namespace') {
    return { file: 'unshare', args: ['--user', '--map-user=1000', '--map-group=1000', '--', file, ...args] };
  }
  // Without the secure bit access(2) leaves the right out of account, and PostgreSQL would not find its own programs.
  const become = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups', '--securebits=+no_setuid_fixup'];
  const enterAll = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return { file: 'setpriv', args: [...become, ...enterAll, '--', file, ...args] };
}

/** What the programs find in their environment: nothing of ours, so that no PGDATA or locale of the user's leaks in. */
export function launchEnvironment(binaries: Binaries): Record<string, string> {
  const library = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin',
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(binaries.libraryPath === undefined ? {} : { [library]: binaries.libraryPath }),
  };
}

/** The first launcher that can enter `folder` and run PostgreSQL here. Says why when none can. */
export function chooseLauncher(
  candidates: readonly Launcher[],
  binaries: Binaries,
  folder: string,
  dataDir: string,
): Launcher {
  let printed = '';
  for (const candidate of candidates) {
    // With --show, initdb finds and runs the other programs and reads their files, but makes nothing.
    const script = 'cd "$1" && shift && exec "$@"';
    const { file, args, ...account } = launchCommand(candidate, '/bin/sh', [
      '-c',
      script,
      'sh',
      folder,
      binaries.initdb,
      '--show',
      ...initdbArguments(folder),
    ]);
    const options = {
      ...account,
      cwd: '/',
      env: launchEnvironment(binaries),
      encoding: 'utf8',
      timeout: 10_000,
    } as const;
    const result = spawnSync(file, args, options);
    if (result.status === 0) return candidate;
    printed = result.stderr || String(result.error ?? 'it printed nothing');
  }
  if (candidates.some(({ how }) => how === 'as-is')) throw explainFailure('being tried out', printed, { dataDir });
  throw startupError(
    `PostgreSQL refuses to run as root, and no other user can be used for ${dataDir} (${printed.trim().slice(0, 300)}). Run Allclear as an ordinary user, or move the directory to where the user "nobody" can enter.`,
    printed,
  );
}

/** The user that services of no user of their own run as: `postgres` where there is one, else `nobody`. */
export function serviceAccount(): Account {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      const account = { uid: id('-u'), gid: id('-g') };
      if (account.uid > 0) return account;
    } catch {
      // No such user; the next name.
    }
  }
  return { uid: 65_534, gid: 65_534 };
}
