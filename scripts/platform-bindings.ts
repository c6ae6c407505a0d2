/** The parts of package-lock.json (lockfileVersion 3) that matter here. */
export type LockedPackage = {
  readonly version?: string;
  readonly dev?: boolean;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};
export type Lockfile = { readonly packages: Readonly<Record<string, LockedPackage>> };

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/**
 * Adds what a lock file lacks when it was made from a registry mirror that does not hold the bindings for every platform:
 * an entry per missing optional dependency, by its name (`…-linux-arm64-musl`), so that `npm ci` finds the lock file whole
 * and every machine installs its own binding. Drops addresses of registries. Throws on a name that says no processor.
 */
export function addMissingBindings<L extends Lockfile>(lock: L): { lock: L; added: string[] } {
  const packages: Record<string, LockedPackage> = {};
  for (const [path, entry] of Object.entries(lock.packages)) {
    const { resolved: _, ...rest } = entry;
    packages[path] = rest;
  }
  const added: string[] = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isInstalled(packages, path, name)) continue;
      packages[`node_modules/${name}`] = binding(name, version, entry.dev === true);
      added.push(`${name}@${version}`);
    }
  }
  const sorted = Object.entries(packages).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  return { lock: { ...lock, packages: Object.fromEntries(sorted) }, added };
}

/** Node's way up: `a/node_modules/b` sees packages beside itself, then those of each folder above. */
function isInstalled(packages: Readonly<Record<string, LockedPackage>>, from: string, name: string): boolean {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    if (`${base === '' ? '' : `${base}/`}node_modules/${name}` in packages) return true;
    if (base === '') return false;
  }
}

function binding(name: string, version: string, dev: boolean): LockedPackage & Record<string, unknown> {
  const words = name.split('/').at(-1)?.split('-') ?? [];
  const cpu = words.find((word) => PROCESSORS.includes(word));
  const os = words.find((word) => SYSTEMS.includes(word));
  if (cpu === undefined)
    throw new Error(`${name} is missing from the lock file, and its name does not say for which machine it is.`);
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(libc === undefined ? {} : { libc: [libc] }),
    optional: true,
    ...(os === undefined ? {} : { os: [os] }),
  };
}
