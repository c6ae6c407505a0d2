import { bind, type RouteBinding } from '#platform/stage.ts';
import * as journal from './contract.ts';
import { listPageEntries } from './read-journal.ts';

export const journalRoutes: readonly RouteBinding[] = [
  bind(journal.listPageEntries, (ctx, { query }) => listPageEntries(ctx, query)),
];
