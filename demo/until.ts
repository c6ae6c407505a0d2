import { setTimeout as delay } from 'node:timers/promises';

/** Asks again every 100 ms until the answer is not null; throws when the seconds are over. */
export async function until<Answer>(what: string, seconds: number, ask: () => Promise<Answer | null>): Promise<Answer> {
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > end) throw new Error(`${what} did not come within ${seconds} s`);
    await delay(100);
  }
}

/** Fails the demo with a sentence. */
export function expectThat(condition: unknown, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}
