import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PeerServer, startPeerServer } from '#test/harness/peer-server.ts';
import { startUnbound, type Unbound } from '#test/harness/unbound.ts';

let unbound: Unbound;
let server: PeerServer;
beforeAll(async () => {
  server = await startPeerServer();
  unbound = await startUnbound([
    'www.example.test. 60 IN A 192.0.2.7',
    'www.example.test. 60 IN A 192.0.2.8',
    'www.example.test. 60 IN AAAA 2001:db8::7',
    'example.test. 60 IN MX 10 mail.example.test.',
    'example.test. 60 IN NS ns1.example.test.',
    'example.test. 60 IN TXT "v=spf1 -all"',
    'example.test. 60 IN CAA 0 issue "ca.example"',
    'example.test. 60 IN SOA ns1.example.test. host.example.test. 7 3600 600 86400 60',
    'alias.example.test. 60 IN CNAME www.example.test.',
    '_sip._tcp.example.test. 60 IN SRV 1 2 5060 sip.example.test.',
    '7.2.0.192.in-addr.arpa. 60 IN PTR www.example.test.',
  ]);
});
afterAll(async () => {
  await server?.end();
  await unbound?.end();
});

const ask = (url: string, options: object = {}) =>
  server.test({ kind: 'dns', url, options: { resolver: unbound.server, ...options }, timeoutSeconds: 5 });

it.each([
  ['www.example.test', 'A', ['192.0.2.7', '192.0.2.8']],
  ['www.example.test', 'AAAA', ['2001:DB8:0::7']],
  ['alias.example.test', 'CNAME', ['www.example.test.']],
  ['example.test', 'MX', ['10 Mail.Example.test.']],
  ['example.test', 'NS', ['ns1.example.test']],
  ['example.test', 'TXT', ['v=spf1 -all']],
  ['_sip._tcp.example.test', 'SRV', ['1 2 5060 sip.example.test']],
  ['example.test', 'CAA', ['0 issue "ca.example"']],
  ['example.test', 'SOA', ['ns1.example.test host.example.test 7 3600 600 86400 60']],
  ['192.0.2.7', 'PTR', ['www.example.test']],
])('%s has its %s records', async (name, recordType, expected) => {
  const result = await ask(name, { recordType, expect: expected, match: 'exactly' });
  expect(result.evidence).toBeNull();
  expect(result).toMatchObject({ outcome: 'up', address: '127.0.0.1' });
  expect(result.phases.dnsMs).toBeGreaterThan(0);
});

it.each([
  ['nothing.example.test', {}, 'down', 'name-not-found', 'NXDOMAIN'],
  ['www.example.test', { recordType: 'MX' }, 'down', 'answer', 'has no MX records'],
  ['a.broken.test', {}, 'down', 'protocol', 'SERVFAIL'],
  ['a.refused.test', {}, 'down', 'protocol', 'REFUSED'],
  ['www.example.test', { expect: ['192.0.2.9'] }, 'down', 'answer', 'expected 192.0.2.9'],
  ['www.example.test', { expect: ['192.0.2.7'], match: 'exactly' }, 'down', 'answer', 'nothing else, got 192.0.2.8'],
  ['192.0.2.7', { recordType: 'MX' }, 'unknown', 'invalid-spec', 'PTR'],
])('%s with %j is judged so', async (name, options, outcome, kind, words) => {
  const result = await ask(name, options);
  expect(result).toMatchObject({ outcome, evidence: { error: { kind } } });
  expect(result.evidence?.error?.message).toContain(words);
});

it('keeps the answer as evidence, and holds assertions against it', async () => {
  const result = await server.test({
    kind: 'dns',
    url: 'example.test',
    options: { resolver: unbound.server, recordType: 'TXT' },
    assertions: [{ kind: 'body', test: 'contains', value: '+all' }],
  });
  expect(result).toMatchObject({ outcome: 'down', evidence: { bodyStart: 'v=spf1 -all' } });
});

it('pings: the average round trip is the time taken', async () => {
  const result = await server.test({ kind: 'ping', url: '127.0.0.1', options: { count: 2 } });
  expect(result).toMatchObject({ outcome: 'up', address: '127.0.0.1', totalMs: result.phases.firstByteMs });
  // Both requests went out, 200 ms apart; that is no time of the host.
  expect(result.totalMs).toBeLessThan(150);
});

it('pings no longer than its timeout, and judges what came until then', async () => {
  const result = await server.test({ kind: 'ping', url: '127.0.0.1', options: { count: 5 }, timeoutSeconds: 0.5 });
  expect(result.outcome).toBe('up');
});
