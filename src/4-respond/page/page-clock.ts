/** The rule that moves pages; see `advancePages`. */
export const PAGE_CLOCK = { name: 'respond.pages' } as const;

/** A wake-up may come a moment early, when the database's clock is ahead of ours; what is due so soon counts as due. */
export const EARLY_MS = 200;
