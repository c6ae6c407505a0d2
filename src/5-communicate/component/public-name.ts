import { isIP } from 'node:net';

/** What a component is called until somebody names it, where the service's own name is nobody's business. */
export const UNNAMED = 'Unnamed service';

const INSIDE_ONLY = /^localhost$|\.(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|test)$/i;

/**
 * A service takes its name from the address that is watched. An address that only means something inside (a number, a
 * port, a name that the public cannot resolve) must not appear on a public page by itself.
 */
export function publicNameOf(serviceName: string): string {
  const name = serviceName.trim();
  return isInnerAddress(name) ? UNNAMED : name;
}

/** An incident's own title, unless it names such an address: then what is affected, by its public names. */
export function publicTitleOf(title: string, componentNames: readonly string[]): string {
  const words = title.split(/[\s,;()"'“”]+/).map((word) => word.replace(/[.:!?]+$/, ''));
  if (!words.some((word) => isInnerAddress(word))) return title;
  if (componentNames.length === 0 || componentNames.length > 3) return 'Trouble with some services';
  return `Trouble with ${componentNames.join(', ')}`;
}

function isInnerAddress(name: string): boolean {
  if (/\s/.test(name)) return false;
  const withoutScheme = name.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/\/.*$/, '');
  const host = withoutScheme.replace(/^\[(.*)\](?::\d+)?$/, '$1');
  const [bare = '', port] = isIP(host) ? [host] : host.split(':');
  return isIP(bare) !== 0 || (port !== undefined && /^\d+$/.test(port)) || INSIDE_ONLY.test(bare);
}
