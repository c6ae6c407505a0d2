import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DebianPostgres, startDebianPostgres } from '#test/harness/debian-postgres.ts';
import { type CertificateFiles, makeCertificate } from '#test/harness/certificate-files.ts';
import { type MariaDb, startMariaDb } from '#test/harness/mariadb.ts';
import { type PeerServer, startPeerServer } from '#test/harness/peer-server.ts';
import { type Redis, startRedis } from '#test/harness/redis.ts';

let server: PeerServer;
let redis: Redis;
let postgres: DebianPostgres;
let mariadb: MariaDb;
let certificate: CertificateFiles;
beforeAll(async () => {
  certificate = makeCertificate();
  [server, redis, postgres, mariadb] = await Promise.all([
    startPeerServer(),
    startRedis('open sesame'),
    startDebianPostgres(),
    startMariaDb('open sesame', certificate),
  ]);
});
afterAll(async () => {
  await server?.end();
  await redis?.end();
  postgres?.stop();
  await mariadb?.end();
  certificate?.remove();
});

describe('Redis', () => {
  const ask = (options: object, path = '') =>
    server.test({ kind: 'redis', url: `redis://127.0.0.1:${redis.port}${path}`, options });

  it.each([
    [{ password: 'open sesame' }],
    [{ password: 'open sesame', user: 'default', expect: 'PONG' }],
    [{ password: 'open sesame', command: 'INFO server', expect: 'redis_version:' }],
    [{ password: 'open sesame', command: 'ROLE', expect: 'master' }],
    [{ password: 'open sesame', command: 'GET nothing' }],
  ])('is up with %j', async (options) => {
    expect(await ask(options, '/1')).toMatchObject({ outcome: 'up', evidence: null });
  });

  it.each([
    [{}, 'NOAUTH'],
    [{ password: 'open barley' }, 'does not let us in'],
    [{ password: 'open sesame', command: 'LLEN 1', expect: '3' }, 'expected “3” in the reply to LLEN 1, got “0”'],
    [{ password: 'open sesame', command: 'GET' }, 'wrong number of arguments'],
  ])('is down with %j', async (options, words) => {
    const { outcome, evidence } = await ask(options);
    expect(outcome).toBe('down');
    expect(evidence?.error?.message).toContain(words);
    expect(JSON.stringify(evidence)).not.toMatch(/sesame|barley/);
  });

  it('takes the account from a pasted address', async () => {
    const url = `redis://:open%20sesame@127.0.0.1:${redis.port}`;
    expect(await server.test({ kind: 'redis', url })).toMatchObject({ outcome: 'up' });
  });

  it.each(['FLUSHALL', 'CONFIG GET *', 'GET a\r\nFLUSHALL', 'KEYS *'])('refuses to be asked %j', async (command) => {
    await expect(ask({ password: 'open sesame', command })).rejects.toThrow('body.options.command');
  });
});

describe('PostgreSQL', () => {
  const ask = (options: object) =>
    server.test({ kind: 'postgres', url: postgres.url.replace('postgres@', ''), options });

  it.each([
    [{}],
    [{ query: 'select count(*) from pg_database where datname = current_database()', expect: '1' }],
    [{ query: 'show transaction_read_only', expect: 'on' }],
    [{ query: 'select null::text, 2', expect: '' }],
  ])('is up with %j', async (options) => {
    const answer = await ask(options);
    expect(answer).toMatchObject({ outcome: 'up', evidence: null });
    expect(answer.phases.firstByteMs).toBeGreaterThan(0);
  });

  it.each([
    [{ query: 'select 2', expect: '1' }, 'expected “1” as the first value, got “2”'],
    [{ query: 'select 1 where false', expect: '1' }, 'got no row'],
    [{ query: 'selekt 1' }, 'syntax error'],
    [{ query: 'create table t (a int)' }, 'read-only transaction'],
    [{ query: 'commit; create table t (a int)' }, 'cannot insert multiple commands'],
    [{ user: 'nobody' }, 'does not exist'],
    [{ sslmode: 'require' }, 'it offers none'],
    [{ query: "select repeat('x', 2000000)" }, 'longer than'],
  ])('is down with %j', async (options, words) => {
    const { outcome, evidence } = await ask({ user: 'postgres', ...options });
    expect(outcome).toBe('down');
    expect(evidence?.error?.message).toContain(words);
  });

  it('is down when the query takes too long', async () => {
    const asked = { kind: 'postgres', url: postgres.url, options: { query: 'select pg_sleep(20)' }, timeoutSeconds: 1 };
    const answer = await server.test(asked);
    expect(answer.outcome).toBe('down');
    expect(answer.totalMs).toBeLessThan(1_500);
  });
});

describe('MariaDB', () => {
  const url = (database = '/shop') => `mysql://127.0.0.1:${mariadb.port}${database}`;
  const ask = (options: object, address = url()) =>
    server.test({ kind: 'mysql', url: address, options: { user: 'reader', password: 'open sesame', ...options } });

  it.each([
    [{}],
    [{ sslmode: 'disable' }],
    [{ query: 'select name from item', expect: 'lamp' }],
    [{ query: 'select null, 2', expect: '' }],
    [{ sslmode: 'require', query: "show status like 'Ssl_version'", expect: 'Ssl_version' }],
  ])('is up with %j', async (options) => {
    expect(await ask(options)).toMatchObject({ outcome: 'up', evidence: null });
  });

  it('speaks TLS, and reads the certificate', async () => {
    const answer = await ask({ sslmode: 'require' });
    expect(answer.certificateExpiresAt).not.toBeNull();
    expect(answer.phases.tlsMs).toBeGreaterThan(0);
    expect(await ask({ sslmode: 'verify-full' })).toMatchObject({
      outcome: 'down',
      evidence: { error: { kind: 'certificate' } },
    });
  });

  it.each([
    [{ password: null }, 'Access denied'],
    [{ password: 'open barley', sslmode: 'disable' }, 'Access denied'],
    [{ user: 'silent' }, 'client_ed25519, which is not spoken here'],
    [{ query: 'select name from item', expect: 'sofa' }, 'expected “sofa” as the first value, got “lamp”'],
    [{ query: 'select name from item where false', expect: 'lamp' }, 'got no row'],
    [{ query: 'selekt 1' }, 'You have an error in your SQL syntax'],
    [{ query: "insert into item values ('x')" }, 'READ ONLY'],
    [{ query: 'commit; drop table item' }, 'You have an error in your SQL syntax'],
  ])('is down with %j', async (options, words) => {
    const { outcome, evidence } = await ask(options);
    expect(outcome).toBe('down');
    expect(evidence?.error?.message).toContain(words);
    expect(JSON.stringify(evidence)).not.toMatch(/sesame|barley/);
  });

  it('is down for a database that is not there, and for a query that takes too long', async () => {
    const missing = await ask({}, url('/nowhere'));
    expect(missing.outcome).toBe('down');
    const options = { user: 'reader', password: 'open sesame', query: 'select sleep(20)' };
    const slow = await server.test({ kind: 'mysql', url: url(), options, timeoutSeconds: 1 });
    expect(slow).toMatchObject({ outcome: 'down', evidence: { error: { kind: 'timeout' } } });
    expect(slow.totalMs).toBeLessThan(1_500);
  });
});
