/**
 * `npm test`: every test there is; `npm test -- db escalation` runs one kind, or the files whose path holds a word. As
 * root on Debian it installs the programs that tests run against; elsewhere it names what could not run, which is a
 * failure when CI is set. The last line is the sum.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canInstall, install, missingPackages, type Project } from './debian-packages.ts';
import { bin, ROOT, run } from './run.ts';
import { addCounts, type Count, countReport } from './test-report.ts';

const PROJECTS: readonly Project[] = ['unit', 'db', 'peers', 'e2e'];
const REPORTS = join(ROOT, '.scratch', 'test-reports');

const words = process.argv.slice(2);
const isProject = (word: string): word is Project => PROJECTS.some((project) => project === word);
const named = words.filter(isProject);
const wanted = named.length > 0 ? named : PROJECTS;
const filters = words.filter((word) => !isProject(word));

if (missingPackages(wanted).length > 0 && canInstall()) await install(missingPackages(wanted));
const missing = missingPackages(wanted);
const left = wanted.filter((project) => missing.some(({ of }) => of === project));

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const counts: Count[] = [];
for (const project of wanted.filter((name) => !left.includes(name))) counts.push(await runProject(project));

const { passed, failed, skipped } = addCounts(counts);
for (const project of left) {
  const needs = missing.filter(({ of }) => of === project).map(({ name }) => name);
  process.stdout.write(`Not run: ${project} tests, which need the Debian packages ${needs.join(', ')}.\n`);
}
if (skipped > 0) process.stdout.write(`Skipped: ${skipped} tests.\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || (left.length > 0 && process.env['CI'] !== undefined) ? 1 : 0;

async function runProject(project: Project): Promise<Count> {
  process.stdout.write(`\n${project} tests\n`);
  const file = join(REPORTS, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run(bin('vitest'), ['run', '--project', project, '--passWithNoTests', ...reporters, ...filters]);
  return countReport(readReport(file), code);
}

function readReport(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
