// Makes node_modules/.bin/node lead to the Node.js that this project pins. npm 11 does so by itself; npm 10 links it too,
// and then removes the link together with the pinned packages for other platforms. Plain JavaScript, because whatever
// Node.js the machine has runs this first.
import { lstatSync, mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules');
const link = join(modules, '.bin', 'node');
const platform = `${process.platform}-${process.arch}`;

if (!exists(link, statSync)) {
  const pinned = [`node-${platform}`, `node-bin-${platform}`]
    .map((name) => join(modules, name, 'bin', 'node'))
    .find((path) => exists(path, statSync));
  if (pinned === undefined) {
    process.stderr.write(
      `The Node.js that Allclear runs on is not installed for this machine (${platform}). Run npm ci without --omit=optional; it is there for Linux and macOS on x64 and arm64.\n`,
    );
    process.exit(1);
  }
  mkdirSync(dirname(link), { recursive: true });
  if (exists(link, lstatSync)) rmSync(link);
  symlinkSync(relative(dirname(link), pinned), link);
}

function exists(path, look) {
  return look(path, { throwIfNoEntry: false }) !== undefined;
}
