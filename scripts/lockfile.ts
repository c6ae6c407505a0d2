/** `npm run lockfile`: run it after every change of dependencies; see platform-bindings.ts for what it does and why. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addMissingBindings, type Lockfile } from './platform-bindings.ts';

const path = join(import.meta.dirname, '..', 'package-lock.json');
const text = readFileSync(path, 'utf8');
const { lock, added } = addMissingBindings(JSON.parse(text) as Lockfile);
const whole = `${JSON.stringify(lock, null, 2)}\n`;
if (whole !== text) writeFileSync(path, whole);
process.stdout.write(
  added.length === 0 ? 'package-lock.json is whole.\n' : `Added to package-lock.json:\n  ${added.join('\n  ')}\n`,
);
