import { defineJob } from '#platform/jobs.ts';

/** Tells the next subscribers of one update; `afterId` is the last who was told. */
export type TellSubscribers = {
  readonly workspaceId: string;
  readonly updateId: string;
  readonly afterId: string | null;
};

export const tellSubscribersJob = defineJob<TellSubscribers>('communicate.tell-subscribers', {
  concurrency: 2,
  expireSeconds: 120,
});
