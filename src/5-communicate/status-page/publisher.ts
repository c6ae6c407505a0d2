import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MINUTE_MS, SECOND_MS } from '#kernel/duration.ts';
import type { System } from '#platform/ctx.ts';
import { type Artefacts, renderArtefactsGently } from '../public/artefact.ts';
import { type Assets, loadAssets } from '../public/assets.ts';
import { exportArtefacts } from '../public/export.ts';
import { folderLinks, servedLinks } from '../public/links.ts';
import type { PublicPage } from '../public/page.ts';
import { withoutSight } from './assemble.ts';
import { loadPublicPage, readerOf } from './load-public-page.ts';
import { findPublishedPage, selectPublishedPages, type StatusPageRow } from './store.ts';

/** Keeps every published page as bytes, made anew when something changes, and a copy of them in a folder. */
export type Publisher = {
  readonly assets: Assets;
  /** The bytes at hand; null when there is no such page (or none was made yet). */
  readonly lookup: (slug: string) => Artefacts | null;
  /** Makes the pages of a workspace (or all) anew now. */
  readonly refresh: (workspaceId?: string) => Promise<void>;
  /** Reads one page and makes it anew for one answer; null when there is no such published page. */
  readonly make: (slug: string) => Promise<Published | null>;
  /** Follows the news until stopped. */
  readonly start: () => () => Promise<void>;
};

export type Published = { readonly row: StatusPageRow; readonly page: PublicPage; readonly artefacts: Artefacts };

/** The first change at once, then what comes within this time together: news stands on the page well within a second. */
const COALESCE_MS = 0.4 * SECOND_MS;
/** Pages are made anew although nothing changed, so that their age tells readers that somebody is watching. */
const REFRESH_MS = MINUTE_MS;
/** Without a fresh reading for this long a page loses its green. */
const BLIND_AFTER_MS = 2.5 * MINUTE_MS;
const EXPORT_MS = 5 * SECOND_MS;

export function createPublisher(system: System): Publisher {
  const assets = loadAssets();
  const published = new Map<string, Published>();
  const readAt = new Map<string, number>();
  const exporter = createExporter(system, assets);
  let running = false;

  const render = async (row: StatusPageRow, page: PublicPage): Promise<Published> => {
    const base = new URL(page.url).pathname;
    const previous = published.get(row.slug)?.artefacts;
    const links = servedLinks(base);
    const artefacts = await renderArtefactsGently(page, {
      assets,
      linksAt: () => links,
      ...(previous ? { previous } : {}),
    });
    return { row, page, artefacts };
  };
  const read = async (row: StatusPageRow): Promise<Published> =>
    render(row, await loadPublicPage(readerOf(system, row.workspaceId), row));
  /** Only what runs one after another keeps its result, so that a slower, older rendering never replaces a newer one. */
  const keep = (made: Published) => {
    published.set(made.row.slug, made);
    if (running) exporter.offer(made.page);
  };

  async function refresh(workspaceId?: string): Promise<void> {
    const rows = await selectPublishedPages(system.database, workspaceId);
    const failures: unknown[] = [];
    for (const row of rows) {
      try {
        keep(await read(row));
        readAt.set(row.slug, system.clock.now().getTime());
      } catch (error) {
        // One page that cannot be made must not stop those of everybody else.
        failures.push(error);
      }
    }
    const kept = new Set(rows.map(({ slug }) => slug));
    for (const [slug, { row }] of published) {
      const asked = workspaceId === undefined || row.workspaceId === workspaceId;
      if (!asked || kept.has(slug)) continue;
      published.delete(slug);
      if (running) exporter.withdraw(slug);
    }
    if (failures.length > 0) throw failures[0];
  }

  /** We cannot read the present: whatever is older than the limit says so. */
  async function loseSight(): Promise<void> {
    const now = system.clock.now();
    for (const [slug, { row, page }] of published) {
      if (now.getTime() - (readAt.get(slug) ?? 0) > BLIND_AFTER_MS) keep(await render(row, withoutSight(page, now)));
    }
  }

  async function refreshSafely(workspaceId?: string): Promise<void> {
    try {
      await refresh(workspaceId);
    } catch (error) {
      system.log.warn({ err: String(error) }, 'status pages were not made anew');
      await loseSight();
    }
  }

  return {
    assets,
    lookup: (slug) => published.get(slug)?.artefacts ?? null,
    refresh,
    async make(slug) {
      const row = await findPublishedPage(system.database, slug);
      return row ? read(row) : null;
    },
    start() {
      running = true;
      const queue = createCoalescer(refreshSafely);
      const stopListening = system.live.listen(({ workspaceId, topics }) => {
        if (workspaceId === '*') queue.ask(undefined);
        else if (topics.includes('status-pages') || topics.includes('*')) queue.ask(workspaceId);
      });
      queue.ask(undefined);
      const timer = setInterval(() => queue.ask(undefined), REFRESH_MS);
      return async () => {
        stopListening();
        clearInterval(timer);
        await queue.stop();
        await exporter.stop();
      };
    },
  };
}

/** Runs one refresh at a time; what is asked meanwhile is merged and runs no sooner than a moment after the last. */
function createCoalescer(run: (workspaceId?: string) => Promise<void>) {
  const asked = new Set<string | undefined>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let lastAt = 0;
  let stopped = false;

  const work = async () => {
    const wanted = asked.has(undefined) ? [undefined] : [...asked];
    asked.clear();
    lastAt = Date.now();
    for (const workspaceId of wanted) await run(workspaceId);
  };
  const wake = () => {
    if (stopped || running || timer || asked.size === 0) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        running = work().finally(() => {
          running = null;
          wake();
        });
      },
      Math.max(0, lastAt + COALESCE_MS - Date.now()),
    );
  };
  return {
    ask(workspaceId: string | undefined) {
      asked.add(workspaceId);
      wake();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Writes the newest offer of each page into its folder, at most once in five seconds. */
function createExporter(system: System, assets: Assets) {
  const offers = new Map<string, PublicPage>();
  const before = new Map<string, Artefacts>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let started = false;

  const write = async () => {
    timer = undefined;
    const pages = [...offers.values()];
    offers.clear();
    for (const page of pages) {
      const previous = before.get(page.slug);
      const linksAt = (path: string) => folderLinks(page, path);
      const artefacts = await renderArtefactsGently(page, { assets, linksAt, ...(previous ? { previous } : {}) });
      try {
        await exportArtefacts(artefacts, join(system.config.dataDir, 'published', page.slug), previous);
        before.set(page.slug, artefacts);
      } catch (error) {
        system.log.warn({ slug: page.slug, err: String(error) }, 'a status page was not written to its folder');
      }
    }
  };
  const schedule = (delayMs: number) => {
    timer ??= setTimeout(() => {
      writing = writing.then(write, write);
    }, delayMs);
    timer.unref();
  };
  return {
    offer(page: PublicPage) {
      offers.set(page.slug, page);
      schedule(started ? EXPORT_MS : 0);
      started = true;
    },
    /** What nobody may read any more must not lie where another web server goes on serving it. */
    withdraw(slug: string) {
      offers.delete(slug);
      before.delete(slug);
      writing = writing
        .then(() => rm(join(system.config.dataDir, 'published', slug), { recursive: true, force: true }))
        .catch((error: unknown) =>
          system.log.warn({ slug, err: String(error) }, 'a status page was not taken out of its folder'),
        );
    },
    async stop() {
      clearTimeout(timer);
      await writing;
    },
  };
}
