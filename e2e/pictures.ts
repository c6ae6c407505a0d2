import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { buildDashboard } from '#app/build-dashboard.ts';
import { DESKTOP, openBrowser, visit } from './harness/browser.ts';
import { openOwnedHouse } from './harness/house.ts';
import { playOutage } from './harness/outage.ts';
import { show, signIn } from './harness/screens.ts';

/** `npm run pictures`: takes the pictures of the README from a running product in the middle of an outage. */
const { values } = parseArgs({ options: { out: { type: 'string', default: 'docs/pictures' } } });
const say = (line: string) => void process.stdout.write(`${line}\n`);

await mkdir(values.out, { recursive: true });
const house = await openOwnedHouse(await buildDashboard(say, join(tmpdir(), 'allclear-pictures')));
const browser = await openBrowser();
try {
  const { incidentId } = await playOutage(house);
  const pictures = [
    { name: 'now-light', path: '/', scheme: 'light', size: { width: 1200, height: 720 } },
    { name: 'incident-light', path: `/incidents/${incidentId}`, scheme: 'light', size: DESKTOP },
    { name: 'status-dark', path: '/s/public', scheme: 'dark', size: { width: 1000, height: 1100 } },
  ] as const;
  for (const { name, path, scheme, size } of pictures) {
    const visitor = await visit(browser, house.url, { viewport: size, colorScheme: scheme, timezoneId: 'UTC' });
    if (!path.startsWith('/s/')) await signIn(visitor.page);
    await show(visitor, { name, path });
    const file = join(values.out, `${name}.png`);
    await visitor.page.screenshot({ path: file });
    await shrink(file);
    say(file);
    await visitor.leave();
  }
} finally {
  await browser.close();
  await house.close();
}

/** A screen has few colours: a palette makes the file a third as large (ImageMagick, where it is there). */
async function shrink(file: string): Promise<void> {
  const palette = ['-strip', '+dither', '-colors', '256', '-define', 'png:compression-level=9', `PNG8:${file}`];
  await promisify(execFile)('convert', [file, ...palette]).catch(() =>
    say(`${file} is not shrunk: there is no convert`),
  );
}
