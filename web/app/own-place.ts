const HERE = 'http://here.invalid';

/**
 * A place in this dashboard that an address names, to be led to after signing in; null for anything that a browser would
 * understand as another site, such as `//example.com`, `/\example.com` or either with a tab in it.
 */
export function ownPlace(address: unknown): string | null {
  if (typeof address !== 'string' || !address.startsWith('/')) return null;
  const url = URL.parse(address, HERE);
  if (url?.origin !== HERE) return null;
  const place = url.href.slice(HERE.length);
  // What climbs out of a folder may be left with two slashes.
  return place.startsWith('//') ? null : place;
}
