import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { renderArtefacts } from './artefact.ts';
import { loadAssets } from './assets.ts';
import { folderLinks, servedLinks } from './links.ts';
import type { PublicPage } from './page.ts';
import { sampleComponent, sampleDays, sampleIncident, samplePage, samplePast } from './sample-page.ts';

const assets = loadAssets();
const links = servedLinks('/s/public');
const render = (page: PublicPage) => renderArtefacts(page, { assets, linksAt: () => links });
const text = (page: PublicPage, path: string) => render(page).get(path)?.body.toString() ?? '';

const EVIL = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>{{7*7}}`;

describe('nothing that a person types can run', () => {
  const page = samplePage({
    name: EVIL,
    components: [sampleComponent('cmp_1', EVIL, 'partial_outage', { description: EVIL })],
    activeIncidents: [
      sampleIncident({
        name: EVIL,
        componentIds: ['cmp_1'],
        updates: sampleIncident().updates.map((update) => ({
          ...update,
          body: `${EVIL}\n\n[x](javascript:alert(1))`,
          components: [{ componentId: 'cmp_1', name: EVIL, from: 'operational', to: 'major_outage' }],
        })),
      }),
    ],
    pastIncidents: [{ ...samplePast('inc_old', EVIL, '2026-11-21T09:10:00.000Z', 18) }],
    postmortems: [{ incidentId: 'inc_old', title: EVIL, publishedAt: '2026-11-22T09:00:00.000Z', body: EVIL }],
  });
  const artefacts = render(page);
  test.each([...artefacts.keys()].filter((path) => !path.endsWith('json')))('%s', (path) => {
    const body = artefacts.get(path)?.body.toString() ?? '';
    const known = body.replace(`<script>${assets.script}</script>`, '').replace(/(?<!href=)"[^"]*"/g, '""');
    expect(known).not.toMatch(/<script/i);
    expect(known).not.toMatch(/<img/i);
    expect(known).not.toMatch(/<[^>]+\son\w+=/i);
    expect(known).not.toMatch(/href="javascript:/i);
  });
  test('JSON says it word for word, as data', () => {
    const status = JSON.parse(artefacts.get('api/v2/incidents.json')?.body.toString() ?? '') as {
      incidents: { name: string }[];
    };
    expect(status.incidents[0]?.name).toBe(EVIL);
  });
});

describe('the page', () => {
  const page = samplePage({ activeIncidents: [sampleIncident()] });
  test('reads whole without a script: state, update, promise, bars in words, when it was made', () => {
    const html = text(page, '');
    expect(html).toContain('Next update by <time datetime="2026-11-23T14:34:00.000Z" data-rel>14:34 UTC</time>');
    expect(html).toContain('aria-label="90 days: 90 operational"');
    expect(html).toContain('Generated <time datetime="2026-11-23T14:27:08.000Z">14:27:08 UTC</time>');
    expect(html).toContain('A faulty release is being rolled back.');
  });
  test('shows a broken promise', () => {
    const late = samplePage({
      activeIncidents: [sampleIncident({ nextUpdate: { by: '2026-11-23T14:21:00.000Z', state: 'late' } })],
    });
    expect(text(late, '')).toMatch(/The update that we promised by <time[^>]*>14:21 UTC<\/time> is late/);
  });
  test('loads nothing from elsewhere', () => {
    const html = text(page, '').replaceAll(page.url, '');
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    expect(html).not.toMatch(/url\(|@import/);
  });
  test('keeps 100 components with an eventful quarter under 100 KB, and under 15 KB on the wire', () => {
    const components = Array.from({ length: 100 }, (_, i) =>
      sampleComponent(
        `cmp_06gq3m9k4zv8x2r7w1t5y0n${i}`,
        `Component number ${i}`,
        i % 9 ? 'operational' : 'degraded_performance',
        {
          description: `What it does for people in region ${i}`,
          days: sampleDays(
            Object.fromEntries(
              [(i * 7) % 90, (i * 13) % 90, (i * 29) % 90].map((day) => [
                day,
                { worst: 'major_outage', downSeconds: 600 },
              ]),
            ),
          ),
        },
      ),
    );
    const index = render(samplePage({ components, activeIncidents: [sampleIncident()] })).get('');
    expect(index?.body.length).toBeLessThan(100_000);
    expect(index?.gzip.length).toBeLessThan(15_000);
  });
});

describe('artefacts', () => {
  const page = samplePage({ pastIncidents: [samplePast('inc_old', 'Slow search', '2026-11-21T09:10:00.000Z', 18)] });
  test('are the same bytes in every encoding, each with a tag of its own', () => {
    for (const { body, gzip, brotli, etag } of render(page).values()) {
      expect(gunzipSync(gzip).equals(body)).toBe(true);
      expect(brotliDecompressSync(brotli).equals(body)).toBe(true);
      expect(new Set(Object.values(etag)).size).toBe(3);
      for (const tag of Object.values(etag)) expect(tag).toMatch(/^"[\w-]+"$/);
    }
  });
  test('are the same for the same page, and are taken over when nothing in them changed', () => {
    const before = render(page);
    const later = { ...page, generatedAt: '2026-11-23T14:28:08.000Z' };
    const after = renderArtefacts(later, { assets, linksAt: () => links, previous: before });
    expect(after.get('')?.etag).not.toEqual(before.get('')?.etag);
    for (const path of [
      'history',
      'uptime',
      'incidents/inc_old',
      'api/v2/summary.json',
      'feed.atom',
      'badge.svg',
      '404',
    ]) {
      expect(after.get(path)).toBe(before.get(path));
    }
  });
  test('in a folder link to each other relatively, and to the instance for what only it can do', () => {
    const artefacts = renderArtefacts(page, { assets, linksAt: (path) => folderLinks(page, path) });
    const incident = artefacts.get('incidents/inc_old')?.body.toString() ?? '';
    expect(incident).toContain('href="../../history/"');
    expect(incident).toContain('href="../../feed.rss"');
    expect(incident).toContain('href="https://status.example.com/s/public/subscribe"');
  });
});

describe('feeds', () => {
  const page = samplePage({
    name: 'Acme & Söhne \u0007',
    activeIncidents: [sampleIncident({ name: 'A < B' })],
    pastIncidents: [samplePast('inc_old', 'Slow search', '2026-11-21T09:10:00.000Z', 18)],
  });
  test('hold one entry per incident with a stable id and its updates newest first', () => {
    const rss = text(page, 'feed.rss');
    expect(rss.match(/<item>/g)).toHaveLength(2);
    expect(rss).toContain('<guid isPermaLink="false">inc_sample1</guid>');
    expect(rss.indexOf('Identified')).toBeLessThan(rss.indexOf('Investigating'));
    expect(rss).toContain('<title>A &lt; B</title>');
    const atom = text(page, 'feed.atom');
    expect(atom.match(/<entry>/g)).toHaveLength(2);
    expect(atom).toContain('<id>urn:allclear:inc_sample1</id>');
    expect(atom).not.toContain('\u0007');
    const json = JSON.parse(text(page, 'feed.json')) as { version: string; items: { id: string }[] };
    expect(json.version).toBe('https://jsonfeed.org/version/1.1');
    expect(json.items.map(({ id }) => id)).toEqual(['inc_sample1', 'inc_old']);
  });
});
