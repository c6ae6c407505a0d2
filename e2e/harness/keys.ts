import type { Locator, Page } from 'playwright-core';

const MOST_TABS = 120;

export type Keys = {
  readonly press: (...keys: readonly string[]) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** Goes on with Tab until the element has the focus, and visibly so; fails when it cannot be reached. */
  readonly reach: (element: Locator) => Promise<void>;
};

/** Somebody who has a keyboard and nothing else. */
export function keysOf(page: Page): Keys {
  const hasFocus = (element: Locator) =>
    element.evaluate((node) => node === document.activeElement && node.matches(':focus-visible'));
  return {
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
    type: (text) => page.keyboard.type(text),
    async reach(element) {
      await element.waitFor();
      for (let tabs = 0; tabs < MOST_TABS; tabs++) {
        if (await hasFocus(element)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`${MOST_TABS} Tabs did not reach ${String(element)}`);
    },
  };
}
