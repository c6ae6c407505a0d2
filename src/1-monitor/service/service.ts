/** A slug for a name: small letters, digits and single dashes, at most 64; never empty. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const slug = plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replaceAll(/^-+|-+$/g, '');
  return slug === '' ? 'service' : slug;
}

/** The slug, or the first of `slug-2`, `slug-3` … that is not taken. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  for (let n = 2; ; n++) {
    const next = `${slug.slice(0, 60).replace(/-+$/, '')}-${n}`;
    if (!taken.has(next)) return next;
  }
}
