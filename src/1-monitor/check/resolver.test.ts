import { createSocket, type Socket } from 'node:dgram';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NameServers, type NameAnswer } from './name-servers.ts';
import { createResolver } from './resolver.ts';

describe('a resolver', () => {
  const asked: string[] = [];
  let answer: NameAnswer;
  const resolver = () =>
    createResolver({
      query: async (name) => (asked.push(name), answer),
      hosts: () => new Map([['db.internal', ['10.0.0.7']]]),
    });
  beforeEach(() => {
    asked.length = 0;
    answer = { kind: 'found', addresses: ['192.0.2.1'], ttlMs: 60_000 };
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => void vi.useRealTimers());

  it('asks once per name at a time, and again when the time to live is over', async () => {
    const one = resolver();
    expect(one.cached('a.example')).toBeNull();
    await Promise.all([one.resolve('a.example'), one.resolve('a.example')]);
    expect(one.cached('a.example')).toEqual({ ok: true, addresses: ['192.0.2.1'] });
    vi.advanceTimersByTime(60_001);
    expect(one.cached('a.example')).toBeNull();
    await one.resolve('a.example');
    expect(asked).toEqual(['a.example', 'a.example']);
  });

  it('holds an answer for at least 5 s and at most 5 min, a failure for 1 s', async () => {
    const one = resolver();
    answer = { kind: 'found', addresses: ['192.0.2.1'], ttlMs: 0 };
    await one.resolve('short.example');
    answer = { kind: 'found', addresses: ['192.0.2.1'], ttlMs: 86_400_000 };
    await one.resolve('long.example');
    answer = { kind: 'failed', why: 'ESERVFAIL' };
    await one.resolve('failed.example');
    const held = (): (string | null)[] =>
      ['failed', 'short', 'long'].filter((name) => one.cached(`${name}.example`) !== null);
    vi.advanceTimersByTime(900);
    expect(held()).toEqual(['failed', 'short', 'long']);
    vi.advanceTimersByTime(4_000);
    expect(held()).toEqual(['short', 'long']);
    vi.advanceTimersByTime(294_000);
    expect(held()).toEqual(['long']);
    vi.advanceTimersByTime(2_000);
    expect(held()).toEqual([]);
  });

  it('believes the hosts file first, and the system for localhost', async () => {
    expect(await resolver().resolve('db.internal')).toEqual({ ok: true, addresses: ['10.0.0.7'] });
    expect(await resolver().resolve('localhost')).toMatchObject({
      ok: true,
      addresses: expect.arrayContaining(['127.0.0.1']),
    });
    expect(asked).toEqual([]);
  });

  it('tells a name that does not exist from servers that do not answer', async () => {
    answer = { kind: 'absent' };
    expect(await resolver().resolve('nowhere.invalid')).toMatchObject({ ok: false, kind: 'name-not-found' });
    answer = { kind: 'failed', why: 'ETIMEOUT' };
    expect(await resolver().resolve('a.example')).toMatchObject({
      ok: false,
      kind: 'resolver',
      message: expect.stringContaining('ETIMEOUT'),
    });
  });
});

describe('name servers', () => {
  let socket: Socket;
  let servers: NameServers;
  /** What is sent back per record type (1 = A, 28 = AAAA): an address, a response code, or nothing at all. */
  let behave: (type: number) => Buffer | number | null;

  beforeEach(async () => {
    socket = createSocket('udp4');
    socket.on('message', (question, from) => {
      const type = question.readUInt16BE(question.indexOf(0, 12) + 1);
      const reply = behave(type);
      if (reply !== null) socket.send(respond(question, type, reply), from.port, from.address);
    });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    servers = new NameServers([`127.0.0.1:${socket.address().port}`]);
  });
  afterEach(() => void socket.close());

  const FOUR = Buffer.from([192, 0, 2, 1]);
  const SIX = Buffer.from('20010db8000000000000000000000001', 'hex');
  const [SERVFAIL, NXDOMAIN] = [2, 3];

  it('answer with both families, IPv4 first, and the time to live', async () => {
    behave = (type) => (type === 1 ? FOUR : SIX);
    expect(await servers.query('a.example')).toEqual({
      kind: 'found',
      addresses: ['192.0.2.1', '2001:db8::1'],
      ttlMs: 77_000,
    });
  });

  it('need not answer for IPv6', async () => {
    behave = (type) => (type === 1 ? FOUR : null);
    expect(await servers.query('a.example')).toMatchObject({ kind: 'found', addresses: ['192.0.2.1'] });
    behave = (type) => (type === 1 ? FOUR : SERVFAIL);
    expect(await servers.query('b.example')).toMatchObject({ kind: 'found', addresses: ['192.0.2.1'] });
  });

  it('say that a name does not exist, or fail to say anything', async () => {
    behave = () => NXDOMAIN;
    expect(await servers.query('a.example')).toEqual({ kind: 'absent' });
    behave = () => SERVFAIL;
    expect(await servers.query('b.example')).toEqual({ kind: 'failed', why: 'ESERVFAIL' });
    behave = () => null;
    expect(await servers.query('c.example')).toEqual({ kind: 'failed', why: 'ETIMEOUT' });
  }, 20_000);
});

function respond(question: Buffer, type: number, reply: Buffer | number): Buffer {
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8180 | (typeof reply === 'number' ? reply : 0), 2);
  header.writeUInt16BE(typeof reply === 'number' ? 0 : 1, 6);
  header.writeUInt32BE(0, 8);
  const asked = question.subarray(12, question.indexOf(0, 12) + 5);
  if (typeof reply === 'number') return Buffer.concat([header, asked]);
  const record = Buffer.alloc(12);
  record.writeUInt16BE(0xc00c, 0);
  record.writeUInt16BE(type, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt32BE(77, 6);
  record.writeUInt16BE(reply.length, 10);
  return Buffer.concat([header, asked, record, reply]);
}
