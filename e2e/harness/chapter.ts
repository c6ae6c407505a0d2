import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'vitest';
import type { Visitor } from './browser.ts';

/** Where a chapter that failed leaves what the screen showed. */
const EVIDENCE_DIR = join(import.meta.dirname, '..', '..', '.scratch', 'e2e');

/** Tests that tell one story in order: after a chapter that failed, the later ones are skipped, not failed as well. */
export function tellStory(watched: () => readonly Visitor[]): (name: string, act: () => Promise<void>) => void {
  let broken = false;
  return (name, act) =>
    it(name, async (context) => {
      context.skip(broken, 'an earlier chapter failed');
      broken = true;
      try {
        await act();
        broken = false;
      } catch (error) {
        for (const [index, visitor] of watched().entries()) await keepEvidence(`${index + 1} ${name}`, visitor);
        throw error;
      }
    });
}

async function keepEvidence(name: string, { page, faults }: Visitor): Promise<void> {
  await mkdir(EVIDENCE_DIR, { recursive: true });
  const path = join(EVIDENCE_DIR, name.replaceAll(/\W+/g, '-').slice(0, 60));
  await page.screenshot({ path: `${path}.png` });
  const words = await page.locator('body').ariaSnapshot();
  await writeFile(`${path}.txt`, [page.url(), ...faults.unexpected, ...faults.refusals, words].join('\n'));
}
