import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

// Draws public/icon-{192,512}.png from public/icon.svg: `node web/dev/draw-icons.ts`. Full bleed, so that phones may mask them.
const at = (name: string) => new URL(`../public/${name}`, import.meta.url);
const svg = (await readFile(at('icon.svg'), 'utf8')).replace('rx="14"', 'rx="0"');
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
for (const size of [192, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
  await writeFile(at(`icon-${size}.png`), await page.screenshot());
}
await browser.close();
