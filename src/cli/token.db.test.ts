import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { terminalOf } from '#test/harness/terminal.ts';
import { call, join, signIn } from '#test/permissions/seed.ts';
import { EXIT } from './io.ts';
import { runCli } from './program.ts';

let t: TestSystem;
let type: ReturnType<typeof terminalOf>;
beforeAll(async () => {
  t = await createTestSystem();
  type = terminalOf(t, runCli);
});
afterAll(() => t.close());

const run = (...argv: readonly string[]) => type('', ...argv);

it('a member makes, lists and revokes keys, and acts with them as themselves', async () => {
  const laptop = await keyOfMember('Mia');
  const asMia = (...argv: readonly string[]) => run('--api-key', laptop, ...argv);
  expect((await asMia('contacts', 'add', 'email', 'mia.night@example.com', '--label', 'Night')).exitCode).toBe(EXIT.ok);
  expect((await asMia('contacts')).out).toContain('mia.night@example.com');

  const made = await asMia('token', '--name', 'Old laptop', '--expires', '30d');
  expect(made.err).toContain('"Old laptop", member, read and write, until ');
  const list = await asMia('token', 'list');
  expect(list.out).toMatch(/^key_\w+ +key_\w{4}… +Old laptop +member +never used +expires .+$/m);
  expect(list.out).toMatch(/laptop +member +used .+ does not expire$/m);
  expect(list.out).not.toContain('ALLCLEAR_OWNER_API_KEY');
  expect(await asMia('token', 'list', '--everybody')).toMatchObject({ exitCode: EXIT.failed });
  expect((await run('token', 'list', '--everybody')).out).toMatch(/Old laptop +Mia +member/);
  expect((await asMia('token', '--name', 'x', '--role', 'admin')).err).toContain('cannot give a key the role admin');
  expect((await asMia('token', 'revoke', 'Old laptpo')).err).toContain('Did you mean Old laptop?');
  expect(await asMia('token', 'revoke', 'old laptop')).toMatchObject({ exitCode: EXIT.ok, err: '' });
  expect((await asMia('token', 'list')).out).not.toContain('Old laptop');
  expect((await run('--api-key', made.out.trim(), 'status')).err).toContain('does not know this API key');
});

/** The first key of somebody who joins, made in the browser. */
async function keyOfMember(name: string): Promise<string> {
  const member = await join(t, await signIn(t, 'olive@example.com'), 'member');
  expect((await call(t, 'patch', '/profile', member, { name })).status).toBe(200);
  const { text } = await call(t, 'post', '/api-keys', member, { name: 'laptop' });
  return (JSON.parse(text) as { key: string }).key;
}
