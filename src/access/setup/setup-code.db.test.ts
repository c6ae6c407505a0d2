import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { readOpenSetupCode } from './read-setup.ts';

let t: TestSystem;
beforeAll(async () => {
  t = await createTestSystem({ env: { ALLCLEAR_HOST: '0.0.0.0' } });
  await t.database.pool.query('truncate user_account, workspace, audit_entry cascade');
});
afterAll(() => t.close());

const visitor = {
  name: 'Ada',
  email: 'ada@example.com',
  password: 'correct horse battery',
  workspaceName: 'Ada & Co',
  timeZone: 'Europe/Berlin',
};

const read = async () => (await t.app.request('/api/v1/setup')).json();
async function setUp(setupCode: string | undefined, address: string) {
  const answer = await t.app.request('/api/v1/setup', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-client-ip': address },
    body: JSON.stringify({ ...visitor, setupCode }),
  });
  return { status: answer.status, body: await answer.json(), retryAfter: answer.headers.get('retry-after') };
}
const refusal = {
  status: 400,
  body: { code: 'invalid', errors: [{ path: 'body.setupCode', message: expect.stringContaining('printed') }] },
};

it('an exposed installation says that the first visit takes a code, and not which', async () => {
  expect(await read()).toEqual({ open: true, needsCode: true });
});

it('a missing or wrong code is refused by its field, and after eight tries one address has to wait', async () => {
  expect(await setUp(undefined, '203.0.113.1')).toMatchObject(refusal);
  for (let n = 2; n <= 8; n++) expect(await setUp(`0000-0000-0000-000${n}`, '203.0.113.1')).toMatchObject(refusal);
  const right = (await readOpenSetupCode(t.system)) ?? '';
  expect(await setUp(right, '203.0.113.1')).toMatchObject({ status: 429, retryAfter: '900' });
  expect(await read()).toMatchObject({ open: true });
});

it('whoever has the code comes in from elsewhere meanwhile; then nobody is asked for one', async () => {
  const right = (await readOpenSetupCode(t.system)) ?? '';
  expect(await setUp(right.toUpperCase(), '203.0.113.2')).toMatchObject({ status: 201 });
  expect(await read()).toEqual({ open: false, needsCode: false });
  expect(await readOpenSetupCode(t.system)).toBeNull();
  expect(await setUp(undefined, '203.0.113.3')).toMatchObject({ status: 409 });
});
