import type { PublicPage } from './page.ts';

/** Where the links of an artefact lead: the same page is served by us and copied into folders that others serve. */
export type Links = {
  /** A page of the artefact, by its path in it: `''`, `history`, `incidents/inc_1`. */
  readonly to: (path: string) => string;
  /** A file of it: `feed.rss`, `api/v2/summary.json`. */
  readonly file: (path: string) => string;
  /** Something only the running instance can do, such as taking a subscription. */
  readonly act: (path: string) => string;
};

/** Links for the page as we serve it; `base` is `/s/public`, or empty on a host of its own. */
export function servedLinks(base: string): Links {
  const to = (path: string) => (path === '' ? base || '/' : `${base}/${path}`);
  return { to, file: (path) => `${base}/${path}`, act: to };
}

/** Relative links for a copy in a folder, seen from the page at `path`; acts still lead to the instance. */
export function folderLinks(page: Pick<PublicPage, 'url'>, path: string): Links {
  const up = '../'.repeat(path === '' ? 0 : path.split('/').length);
  return {
    to: (target) => (target === '' ? up || './' : `${up}${target}/`),
    file: (target) => `${up}${target}`,
    act: (target) => `${page.url}/${target}`,
  };
}

/** The permanent address of an incident. */
export function incidentUrl(page: Pick<PublicPage, 'url'>, incidentId: string): string {
  return `${page.url}/incidents/${incidentId}`;
}
