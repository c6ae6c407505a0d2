import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';

/** What a sender of the Events API reads. */
export type PagerDutyAnswer = { readonly status: number; readonly body: object; readonly retryAfter?: number };

/** The event is stored. */
export function processed(dedupKey: string): PagerDutyAnswer {
  return { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: dedupKey } };
}

export function changeProcessed(): PagerDutyAnswer {
  return { status: 202, body: { status: 'success', message: 'Change event processed' } };
}

/** The first version says the same in other words, with 200. */
export function processedV1(incidentKey: string): PagerDutyAnswer {
  return { status: 200, body: { status: 'success', message: 'Event processed', incident_key: incidentKey } };
}

export function notJson(why: string): PagerDutyAnswer {
  return {
    status: 400,
    body: {
      status: 'Unrecognized object',
      message: 'Event object format is unrecognized',
      errors: ['JSON parse error', why],
    },
  };
}

export function invalidEvent(errors: readonly string[]): PagerDutyAnswer {
  return { status: 400, body: { status: 'invalid event', message: 'Event object is invalid', errors } };
}

/** For addresses of the API that are not spoken here. */
export function noSuchAddress(method: string, path: string): PagerDutyAnswer {
  const why = `there is no ${method} ${path.slice(0, 200)} here; events are taken with POST at /v2/enqueue`;
  return { status: 404, body: { status: 'not found', message: 'Not Found', errors: [why] } };
}

export function tooLargeEvent(limit: number): PagerDutyAnswer {
  return {
    status: 413,
    body: { status: 'invalid event', message: 'Event object is too large', errors: [`larger than ${limit} bytes`] },
  };
}

/**
 * What could not be stored now: 503 with a time to come back, which senders of this API send again; 429 where too many
 * wait already or the source sends more than it may, the one status that all of them wait for.
 */
export function notNow(system: System, error: unknown): PagerDutyAnswer {
  const busy = error instanceof AppError && (error.code === 'unavailable' || error.code === 'limit') ? error : null;
  if (busy === null) system.log.error({ err: String(error) }, 'event could not be written');
  const overloaded = busy !== null && busy.cause === undefined;
  return {
    status: overloaded ? 429 : 503,
    body: {
      status: overloaded ? 'throttle exceeded' : 'temporarily unavailable',
      message: busy?.message ?? 'The event could not be written at the moment. Send it again in a few seconds.',
      errors: overloaded ? [busy.message] : [],
    },
    retryAfter: busy?.retryAfterSeconds ?? 2,
  };
}
