import type { Crew } from './crew.ts';

/** Asks as a sender that speaks Opsgenie does; later stages have heard of it when it answers. */
export async function askAsGenie(t: Crew, key: string, method: string, path: string, body?: unknown) {
  const response = await t.app.request(`/v2${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `GenieKey ${key}` },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  await t.settle();
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
