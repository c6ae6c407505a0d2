import { expect, it } from 'vitest';
import { readScriptApart } from './read-script-apart.ts';

const fine = "const name: string = 'x';\nawait page.goto(name);";

it('reads what can be read, and says the line of what cannot', async () => {
  expect(await readScriptApart(fine)).toMatchObject({ ok: true, source: expect.stringContaining('page.goto(name)') });
  expect(await readScriptApart('await page.goto(;')).toEqual({ ok: false, fault: "line 1: Unexpected token ';'" });
});

it.each([
  ['parentheses', `const x: any = ${'('.repeat(24_000)}1${')'.repeat(24_000)}`],
  ['lists', `const x: any = ${'['.repeat(24_000)}1${']'.repeat(24_000)}`],
  ['blocks', `const x: any = 1;${'{'.repeat(24_000)}${'}'.repeat(24_000)}`],
  ['functions', `const x: any = ${'(a=>'.repeat(9_000)}1${')'.repeat(9_000)}`],
  ['types that may be functions', `const x: any = ${'<T>('.repeat(40)}1${')'.repeat(40)}`],
])('is not held up or broken by deep nesting: %s', async (_name, script) => {
  const beganMs = performance.now();
  let [lastMs, heldUpMs] = [beganMs, 0];
  const turn = () => {
    heldUpMs = Math.max(heldUpMs, performance.now() - lastMs);
    lastMs = performance.now();
  };
  const turning = setInterval(turn, 10);
  const read = await readScriptApart(script);
  clearInterval(turning);
  turn();
  expect(read.ok).toBe(false);
  expect(performance.now() - beganMs).toBeLessThan(6_000);
  // Read in this thread, some of these take it for seconds, or for good.
  expect(heldUpMs).toBeLessThan(2_000);
  expect(await readScriptApart(fine)).toMatchObject({ ok: true });
});

it('reads several that come together', async () => {
  const all = await Promise.all(['1;', '2;', 'const x: number = 3;'].map(readScriptApart));
  expect(all.map(({ ok }) => ok)).toEqual([true, true, true]);
});

it('lets only a few wait, and reads again when they are through', async () => {
  const all = await Promise.allSettled(Array.from({ length: 7 }, () => readScriptApart(fine)));
  expect(all.map(({ status }) => status)).toEqual([...Array(5).fill('fulfilled'), 'rejected', 'rejected']);
  expect(all.at(-1)).toMatchObject({ reason: { code: 'limit', retryAfterSeconds: 5 } });
  expect(await readScriptApart(fine)).toMatchObject({ ok: true });
});
