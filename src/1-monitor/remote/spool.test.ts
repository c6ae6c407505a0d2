import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WireResult } from '../location/probe-wire.ts';
import { openSpool } from './spool.ts';

let folder = '';
const gone: [results: number, why: string][] = [];
const onGivenUp = (results: number, why: string) => void gone.push([results, why]);
const PLENTY = 1_000_000;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'allclear-spool-'));
  gone.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const phases = { dnsMs: null, tcpMs: 1, tlsMs: null, firstByteMs: 1, transferMs: 1 };
const result = (monitorId: string, dueAtMs = 0): WireResult => ({
  monitorId,
  dueAtMs,
  startedAtMs: dueAtMs,
  latenessMs: 0,
  outcome: 'up',
  totalMs: 3,
  phases,
  status: 200,
  address: null,
  certificateExpiresAtMs: null,
  failures: [],
  error: null,
  evidence: null,
});
const ids = (results: readonly WireResult[] | undefined) => results?.map(({ monitorId }) => monitorId);

it('hands out what it keeps in its order, also to another process after a kill', async () => {
  const first = await openSpool(folder, PLENTY, onGivenUp);
  await first.append([result('a'), result('b')]);
  await first.append([result('c')]);
  const second = await openSpool(folder, PLENTY, onGivenUp);
  expect(second.size()).toBe(3);
  const oldest = await second.oldest();
  expect(ids(oldest?.results)).toEqual(['a', 'b', 'c']);
  await second.append([result('d')]);
  await second.drop(oldest?.names ?? []);
  expect(ids((await second.oldest())?.results)).toEqual(['d']);
});

it('hands out no more at once than goes in one message', async () => {
  const spool = await openSpool(folder, PLENTY, onGivenUp);
  for (let n = 0; n < 3; n++) await spool.append(Array.from({ length: 200 }, (_, at) => result(`${n}`, at)));
  const oldest = await spool.oldest();
  expect(oldest?.results).toHaveLength(400);
  await spool.drop(oldest?.names ?? []);
  expect(spool.size()).toBe(200);
});

it('gives up the oldest when it is full, and says how many', async () => {
  const spool = await openSpool(folder, 1_000, onGivenUp);
  for (const name of ['a', 'b', 'c', 'd', 'e']) await spool.append([result(name)]);
  const kept = ids((await spool.oldest())?.results) ?? [];
  expect(kept.at(-1)).toBe('e');
  expect(kept.length).toBeLessThan(5);
  expect(spool.dropped()).toBe(5 - kept.length);
  expect(gone).toEqual(Array.from({ length: 5 - kept.length }, () => [1, 'full']));
});

it('leaves out what nobody can read, and forgets what was half written', async () => {
  writeFileSync(join(folder, '000000000000001-7.json'), '[{"monitorId":');
  writeFileSync(join(folder, '000000000000002-1.json.part'), '[');
  const spool = await openSpool(folder, PLENTY, onGivenUp);
  await spool.append([result('a')]);
  expect(ids((await spool.oldest())?.results)).toEqual(['a']);
  expect(gone).toEqual([[7, 'unreadable']]);
  expect(readdirSync(folder)).toHaveLength(1);
});

it('refuses a folder into which others may write', async () => {
  chmodSync(folder, 0o770);
  await expect(openSpool(folder, PLENTY, onGivenUp)).rejects.toThrow(`${folder} can be written by other users`);
  chmodSync(folder, 0o750);
  await expect(openSpool(folder, PLENTY, onGivenUp)).resolves.toBeDefined();
});
