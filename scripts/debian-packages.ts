import { existsSync, globSync } from 'node:fs';
import { run } from './run.ts';

export type Project = 'unit' | 'db' | 'peers' | 'e2e';

/** Programs that tests run against, where Debian puts them. `of` names the tests that cannot run without. */
const PACKAGES: readonly { readonly name: string; readonly path: string; readonly of: Project }[] = [
  { name: 'chromium', path: '/usr/bin/chromium', of: 'e2e' },
  { name: 'fonts-liberation', path: '/usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf', of: 'e2e' },
  { name: 'postgresql', path: '/usr/lib/postgresql/*/bin/postgres', of: 'peers' },
  { name: 'chromium', path: '/usr/bin/chromium', of: 'peers' },
  { name: 'nginx', path: '/usr/sbin/nginx', of: 'peers' },
  { name: 'prometheus-blackbox-exporter', path: '/usr/bin/prometheus-blackbox-exporter', of: 'peers' },
  { name: 'prometheus-alertmanager', path: '/usr/bin/prometheus-alertmanager', of: 'peers' },
  { name: 'prometheus', path: '/usr/bin/prometheus', of: 'peers' },
  { name: 'swaks', path: '/usr/bin/swaks', of: 'peers' },
  // What swaks encrypts with; only recommended by it.
  { name: 'libnet-ssleay-perl', path: '/usr/lib/*/perl5/*/Net/SSLeay.pm', of: 'peers' },
  { name: 'iputils-ping', path: '/usr/bin/ping', of: 'peers' },
  { name: 'unbound', path: '/usr/sbin/unbound', of: 'peers' },
  { name: 'redis-server', path: '/usr/bin/redis-server', of: 'peers' },
  { name: 'mariadb-server', path: '/usr/sbin/mariadbd', of: 'peers' },
  { name: 'dovecot-imapd', path: '/usr/lib/dovecot/imap', of: 'peers' },
  { name: 'dovecot-pop3d', path: '/usr/lib/dovecot/pop3', of: 'peers' },
  { name: 'python3-websockets', path: '/usr/lib/python3/dist-packages/websockets', of: 'peers' },
  { name: 'monitoring-plugins-basic', path: '/usr/lib/nagios/plugins/check_disk', of: 'peers' },
  { name: 'openssl', path: '/usr/bin/openssl', of: 'peers' },
  { name: 'pebble', path: '/usr/bin/pebble', of: 'peers' },
  { name: 'acme-tiny', path: '/usr/bin/acme-tiny', of: 'peers' },
  { name: 'tinyproxy', path: '/usr/bin/tinyproxy', of: 'peers' },
  { name: 'wrk', path: '/usr/bin/wrk', of: 'peers' },
];

export type MissingPackage = (typeof PACKAGES)[number];

/** What the given tests need and this machine lacks. */
export function missingPackages(projects: readonly Project[]): MissingPackage[] {
  return PACKAGES.filter(({ of, path }) => projects.includes(of) && globSync(path).length === 0);
}

export function canInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Installs packages through apt-get; what could not be installed is found missing afterwards. */
export async function install(missing: readonly MissingPackage[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], env);
  await run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...missing.map(({ name }) => name)], env);
}
