import { defineEvent } from '#platform/events.ts';
import type { UpdateStatus } from './update/contract.ts';

/** Something was said in public (or, in a drill, would have been). */
export const updatePublished = defineEvent<{
  readonly updateId: string;
  readonly incidentId: string;
  readonly status: UpdateStatus;
  readonly at: Date;
  readonly drill: boolean;
}>('update.published');
