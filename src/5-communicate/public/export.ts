import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Artefacts, NOT_FOUND_PATH } from './artefact.ts';

/**
 * Copies the artefacts into a folder that any web server can serve, beside each file its `.gz` and `.br` twin. Each file
 * is replaced by a rename, so that a reader sees the old one or the new one, never half of one; the state of the page
 * (`index.html`) goes last. Files of incidents that are no longer published are taken away.
 * Give it artefacts made with relative links, and those that it wrote last: what did not change is not written again.
 */
export async function exportArtefacts(artefacts: Artefacts, folder: string, previous?: Artefacts): Promise<void> {
  const files = [...artefacts]
    .filter(([path, artefact]) => previous?.get(path) !== artefact)
    .map(([path, artefact]) => ({ name: fileNameOf(path, artefact.contentType), artefact }));
  files.sort((a, b) => Number(a.name === 'index.html') - Number(b.name === 'index.html'));
  for (const { name, artefact } of files) {
    const target = join(folder, name);
    await mkdir(dirname(target), { recursive: true });
    await replaceFile(`${target}.gz`, artefact.gzip);
    await replaceFile(`${target}.br`, artefact.brotli);
    await replaceFile(target, artefact.body);
  }
  await removeGone(folder, 'incidents', artefacts);
  await removeGone(folder, 'postmortems', artefacts);
}

/** `''` → `index.html`, `history` → `history/index.html`, `404` → `404.html`, `feed.rss` → itself. */
function fileNameOf(path: string, contentType: string): string {
  if (path === NOT_FOUND_PATH) return '404.html';
  if (!contentType.startsWith('text/html')) return path;
  return path === '' ? 'index.html' : `${path}/index.html`;
}

async function replaceFile(target: string, content: Buffer): Promise<void> {
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function removeGone(folder: string, kind: string, artefacts: Artefacts): Promise<void> {
  const names = await readdir(join(folder, kind)).catch(() => []);
  for (const name of names) {
    if (!artefacts.has(`${kind}/${name}`)) await rm(join(folder, kind, name), { recursive: true, force: true });
  }
}
