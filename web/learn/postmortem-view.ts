import type { readPostmortemRoute } from '#learn/contract';
import type { RouteResult } from '#kernel/route.ts';

export type PostmortemView = RouteResult<typeof readPostmortemRoute>;
