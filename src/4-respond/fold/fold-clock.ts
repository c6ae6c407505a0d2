/** The rule that writes folded pages into one message; see `sendFolds`. */
export const FOLD_CLOCK = { name: 'respond.folds' } as const;

/** The rule that says once that none of the pages in one message waits any more; see `tellFolds`. */
export const FOLD_NEWS_CLOCK = { name: 'respond.fold-news' } as const;

/** Within so long a person gets so many pages by one method as the workspace allows. */
export const WINDOW_SECONDS = 600;
/** What comes within so long after so many others is gathered, even if the person has had few before. */
export const BURST = { pages: 3, seconds: 10 } as const;
/** The first page of a message waits so long for others. */
export const GATHER_SECONDS = 5;
/** After one message in the place of many, the next one to the same person and method waits so long. */
export const PAUSE_SECONDS = 60;
