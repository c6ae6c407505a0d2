import { defineJob } from './job.ts';

/** Wakes one rule at the time given by the job's start. */
export const wakeRule = defineJob<{ rule: string }>('rule.wake', { retryLimit: 3, concurrency: 4 });
