import { AppError } from '#kernel/errors.ts';
import type { System } from '#platform/ctx.ts';
import type { SafeRequest, SafeResponse } from '#platform/safe-fetch.ts';
import type { SendOutcome } from './channel.ts';

const MAX_ANSWER = 200;

/** Asks, and turns whatever happens into an outcome; `providerId` reads the receiver's id from a good answer. */
export async function postMessage(
  system: System,
  url: string,
  request: SafeRequest,
  providerId: (response: SafeResponse) => string | null,
): Promise<SendOutcome> {
  try {
    const response = await system.fetch(url, request);
    if (response.status >= 200 && response.status < 300) return { ok: true, providerId: providerId(response) };
    return { ok: false, permanent: isPermanent(response.status), why: refusal(url, response) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, permanent: error.code !== 'unavailable', why: error.message };
  }
}

/** A 4xx will be the same next time, except where it asks to wait (timeout, too early, too many). */
export function isPermanent(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}

function refusal(url: string, response: SafeResponse): string {
  const said = response.body.replace(/\s+/g, ' ').trim().slice(0, MAX_ANSWER);
  return `${new URL(url).host} answered ${response.status}${said === '' ? '' : `: ${said}`}`;
}
