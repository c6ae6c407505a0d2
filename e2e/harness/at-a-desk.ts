import type { Page } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { openBrowser, visit } from './browser.ts';
import { tellStory } from './chapter.ts';
import { type Hands, handsOn } from './hands.ts';
import { openOwnedHouse, type OwnedHouse } from './house.ts';
import { signIn } from './screens.ts';

export type Desk = { readonly house: OwnedHouse; readonly page: Page; readonly at: Hands };

/**
 * A story that the owner lives through at a desktop, signed in, in a house of their own. `begin` furnishes the house before
 * they sign in, and hands the desk to the story.
 */
export function tellAtADesk(begin: (desk: Desk) => Promise<void> | void): ReturnType<typeof tellStory> {
  let owner: Awaited<ReturnType<typeof visit>> | undefined;
  let leave: () => Promise<unknown> = async () => undefined;
  beforeAll(async () => {
    const [house, browser] = await Promise.all([openOwnedHouse(inject('dashboardDir')), openBrowser()]);
    leave = async () => {
      await browser.close();
      await house.close();
    };
    owner = await visit(browser, house.url);
    const { page } = owner;
    await begin({ house, page, at: handsOn(page) });
    await signIn(page);
  });
  afterAll(() => leave());
  return tellStory(() => (owner === undefined ? [] : [owner]));
}
