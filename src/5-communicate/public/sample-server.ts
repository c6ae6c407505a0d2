import { createServer } from 'node:http';
import { renderArtefacts } from './artefact.ts';
import { loadAssets } from './assets.ts';
import { exportArtefacts } from './export.ts';
import { folderLinks, servedLinks } from './links.ts';
import { sampleComponent, sampleIncident, samplePage, samplePast } from './sample-page.ts';
import { createPublicServer } from './serve.ts';

/**
 * Serves a made-up page as the product does, and writes the same bytes into the folder given as argument, for whoever
 * wants to measure the two beside each other. Prints one line of JSON when it is ready.
 */
const folder = process.argv[2];
const assets = loadAssets();
const page = samplePage({
  components: Array.from({ length: 12 }, (_, i) =>
    sampleComponent(`cmp_${i}`, `Component ${i}`, i === 0 ? 'partial_outage' : 'operational'),
  ),
  activeIncidents: [sampleIncident({ componentIds: ['cmp_0'] })],
  pastIncidents: [samplePast('inc_old', 'Slow search', '2026-11-21T09:10:00.000Z', 18)],
});
const links = servedLinks('/s/public');
const artefacts = renderArtefacts(page, { assets, linksAt: () => links });
if (folder)
  await exportArtefacts(renderArtefacts(page, { assets, linksAt: (path) => folderLinks(page, path) }), folder);

const handle = createPublicServer({
  lookup: (slug) => (slug === page.slug ? artefacts : null),
  contentSecurityPolicy: assets.contentSecurityPolicy,
});
const server = createServer(
  { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 60_000 },
  (request, response) => {
    if (!handle(request, response)) response.writeHead(404).end();
  },
);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const index = artefacts.get('');
  process.stdout.write(`${JSON.stringify({ port, htmlBytes: index?.body.length, gzipBytes: index?.gzip.length })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
