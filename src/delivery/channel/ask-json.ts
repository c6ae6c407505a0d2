import type { System } from '#platform/ctx.ts';
import type { SafeResponse } from '#platform/safe-fetch.ts';
import { SEND_TIMEOUT_MS } from '../delivery/delivery.ts';
import type { SendOutcome } from './channel.ts';
import { askReceiver, isGood, refusedBy } from './http-outcome.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** What an API said: whether that was a success, and its body; empty when it was no JSON object. */
export type JsonAnswer = { readonly outcome: SendOutcome; readonly body: JsonObject };

export type JsonQuestion = {
  readonly method?: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a list or an object. */
  readonly json?: unknown;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  readonly allowedTargets: readonly string[];
  /** What a refusal means in this API; by its status when absent or null. */
  readonly explain?: (response: SafeResponse, body: JsonObject) => SendOutcome | null;
};

/** One request to an API that answers in JSON; POST when it carries something, GET otherwise. */
export async function askJson(system: System, question: JsonQuestion): Promise<JsonAnswer> {
  const { url, json, form, explain } = question;
  const payload = json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json);
  const type = json === undefined ? 'application/x-www-form-urlencoded' : 'application/json';
  let body: JsonObject = {};
  const request = {
    method: question.method ?? (payload === undefined ? 'GET' : 'POST'),
    headers: { ...question.headers, ...(payload === undefined ? {} : { 'content-type': type }) },
    ...(payload === undefined ? {} : { body: payload }),
    timeoutMs: SEND_TIMEOUT_MS,
    allowedTargets: question.allowedTargets,
  };
  const outcome = await askReceiver(system, url, request, (response) => {
    body = readObject(response.body);
    if (isGood(response)) return { ok: true, providerId: null };
    return explain?.(response, body) ?? refusedBy(url, response);
  });
  return { outcome, body };
}

function readObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}
