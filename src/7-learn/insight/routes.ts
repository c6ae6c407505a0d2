import { bind } from '#platform/stage.ts';
import { readInsightsRoute } from './contract.ts';
import { readInsights } from './read-insights.ts';

export const routes = [bind(readInsightsRoute, async (ctx, { query }) => readInsights(ctx, query))];
