import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import { type SafeRequest, type SafeResponse, wasNotSent } from '#platform/safe-fetch.ts';
import type { SendOutcome } from './channel.ts';

const MAX_ANSWER = 200;
/** Nobody who pages is told to wait longer than this. */
const LONGEST_WAIT_SECONDS = 3_600;

/** Asks, and turns whatever happens into an outcome; `providerId` reads the receiver's id from a good answer. */
export async function postMessage(
  system: System,
  url: string,
  request: SafeRequest,
  providerId: (response: SafeResponse) => string | null,
): Promise<SendOutcome> {
  return askReceiver(system, url, request, (response) =>
    isGood(response) ? { ok: true, providerId: providerId(response) } : refusedBy(url, response),
  );
}

/** Asks, and lets `judge` say what the answer means; an answer that never came is an outcome too. */
export async function askReceiver(
  system: System,
  url: string,
  request: SafeRequest,
  judge: (response: SafeResponse) => SendOutcome,
): Promise<SendOutcome> {
  try {
    return judge(await system.fetch(url, request));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const permanent = error.code !== 'unavailable';
    return { ok: false, permanent, unclear: !permanent && !wasNotSent(error), why: error.message };
  }
}

export function isGood({ status }: SafeResponse): boolean {
  return status >= 200 && status < 300;
}

/** The outcome of an answer that is not 2xx, as its status says. */
export function refusedBy(url: string, response: SafeResponse): SendOutcome & { ok: false } {
  const said = response.body.replace(/\s+/g, ' ').trim().slice(0, MAX_ANSWER);
  return {
    ok: false,
    permanent: isPermanent(response.status),
    why: `${new URL(url).host} answered ${response.status}${said === '' ? '' : `: ${said}`}`,
    retryAfterSeconds: retryAfter(response.headers['retry-after']),
  };
}

/** A 4xx will be the same next time, except where it asks to wait (timeout, too early, too many). */
export function isPermanent(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}

/** `Retry-After` in seconds, as most senders write it (RFC 9110 §10.2.3); undefined for a date or nothing. */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined || !/^\d+(\.\d+)?$/.test(header.trim())) return undefined;
  return Math.min(Math.ceil(Number(header)), LONGEST_WAIT_SECONDS);
}
