import axe from 'axe-core';
import type { Page } from 'playwright-core';
import type { Visitor } from './browser.ts';

type Found = {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly {
    readonly html: string;
    readonly target: readonly unknown[];
    readonly failureSummary?: string;
  }[];
};

/** From the next screen on, axe is at hand in the page: it is large, and a browser that has it need not be sent it again. */
export async function bringAxe({ page }: Visitor): Promise<void> {
  await page.addInitScript(axe.source);
}

/** What axe finds on the screen as it stands, a line for each place; `part` = only in there. Frames show screens that are looked at by themselves. */
export async function findBarriers(page: Page, part?: string): Promise<string[]> {
  const found: Found[] = await page.evaluate(async (part) => {
    const checker = Reflect.get(globalThis, 'axe') as typeof axe;
    const { violations } = await checker.run(part ?? document, {
      resultTypes: ['violations'],
      preload: false,
      iframes: false,
    });
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ html, target, failureSummary = '' }) => ({ html, target, failureSummary })),
    }));
  }, part);
  return found.flatMap(({ id, help, nodes }) =>
    nodes
      .slice(0, 3)
      .map(
        ({ html, failureSummary = '' }) =>
          `${id}: ${help}: ${html.slice(0, 300)} ${failureSummary.replaceAll(/\s+/g, ' ').slice(0, 300)}`,
      ),
  );
}

/** The elements that make the page wider than its window. */
export function findOverflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const scrolls = (node: Element | null): boolean =>
      node !== null &&
      node !== document.body &&
      (getComputedStyle(node).overflowX !== 'visible' || scrolls(node.parentElement));
    return [...document.body.querySelectorAll('*')]
      .filter((node) => node.getBoundingClientRect().right > width + 1 && !scrolls(node.parentElement))
      .slice(0, 3)
      .map((node) => `wider than the window: ${node.outerHTML.slice(0, 200)}`);
  });
}
