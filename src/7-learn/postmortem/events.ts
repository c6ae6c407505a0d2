import { defineEvent } from '#platform/events.ts';

/** A postmortem went to every member; `publicAt` says whether a copy went to the status page. */
export const postmortemPublished = defineEvent<{
  readonly postmortemId: string;
  readonly incidentId: string;
  readonly public: boolean;
}>('postmortem.published');
