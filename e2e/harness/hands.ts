import type { Locator, Page } from 'playwright-core';

export type Hands = {
  readonly button: (name: string | RegExp) => Locator;
  /** A place to type. */
  readonly field: (name: string | RegExp) => Locator;
  readonly choice: (name: string | RegExp) => Locator;
  readonly link: (name: string | RegExp) => Locator;
  /** An entry of the sidebar. */
  readonly place: (name: string) => Locator;
  readonly dialog: Locator;
  /** Waits until the screen shows these words. */
  readonly sees: (words: string | RegExp) => Promise<void>;
  /** Waits until it no longer does. */
  readonly misses: (words: string | RegExp) => Promise<void>;
};

/** Finds things as a person does: by what they are and what they are called. A string is the whole name. */
export function handsOn(page: Page): Hands {
  const by = (role: 'button' | 'textbox' | 'combobox' | 'link', name: string | RegExp) =>
    page.getByRole(role, { name, exact: typeof name === 'string' });
  return {
    button: (name) => by('button', name),
    field: (name) => by('textbox', name),
    choice: (name) => by('combobox', name),
    link: (name) => by('link', name),
    place: (name) => page.getByRole('navigation', { name: 'Main', exact: true }).getByRole('link', { name }),
    dialog: page.getByRole('dialog'),
    sees: (words) => page.getByText(words).filter({ visible: true }).first().waitFor(),
    misses: (words) => page.getByText(words).first().waitFor({ state: 'detached' }),
  };
}
