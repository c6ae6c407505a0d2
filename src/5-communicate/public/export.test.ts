import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { renderArtefacts } from './artefact.ts';
import { loadAssets } from './assets.ts';
import { exportArtefacts } from './export.ts';
import { folderLinks } from './links.ts';
import type { PublicPage } from './page.ts';
import { samplePage, samplePast } from './sample-page.ts';

const assets = loadAssets();
const render = (page: PublicPage) => renderArtefacts(page, { assets, linksAt: (path) => folderLinks(page, path) });
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allclear-export-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the folder holds what any web server can serve, compressed twins beside it, and no half-written file', async () => {
  const page = samplePage({ pastIncidents: [samplePast('inc_old', 'Slow', '2026-11-21T09:10:00.000Z', 18)] });
  await exportArtefacts(render(page), folder);
  const names = await readdir(folder, { recursive: true });
  for (const name of [
    'index.html',
    'history/index.html',
    'incidents/inc_old/index.html',
    'api/v2/incidents/unresolved.json',
    'feed.rss',
    '404.html',
  ]) {
    expect(names).toContain(name);
    expect(names).toContain(`${name}.gz`);
    expect(names).toContain(`${name}.br`);
  }
  expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  const index = await readFile(join(folder, 'index.html'));
  expect(gunzipSync(await readFile(join(folder, 'index.html.gz'))).equals(index)).toBe(true);
});

test('what is no longer published is taken away', async () => {
  await exportArtefacts(
    render(samplePage({ pastIncidents: [samplePast('inc_old', 'Slow', '2026-11-21T09:10:00.000Z', 18)] })),
    folder,
  );
  await exportArtefacts(render(samplePage()), folder);
  expect(await readdir(join(folder, 'incidents'))).toEqual([]);
});
