import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeBody } from './decode-body.ts';

const TEXT = Buffer.from('all is well. '.repeat(1_000));
const WHOLE = { maxBytes: 100_000, partial: false };

describe('a coded body is decoded within bounds', () => {
  const codings: [string | null, Buffer][] = [
    [null, TEXT],
    ['identity', TEXT],
    ['gzip', gzipSync(TEXT)],
    ['X-GZIP', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
  ];
  it.each(codings)('%s', async (coding, bytes) => {
    expect(await decodeBody(bytes, coding, WHOLE)).toEqual({ ok: true, body: TEXT });
  });

  it.each(['gzip', 'br'])('refuses a bomb in %s by its decoded size', async (coding) => {
    const zeros = Buffer.alloc(20_000_000);
    const bomb = coding === 'gzip' ? gzipSync(zeros) : brotliCompressSync(zeros);
    const outcome = await decodeBody(bomb, coding, WHOLE);
    expect(outcome).toMatchObject({ ok: false, kind: 'body-too-large' });
  });

  it('says what it cannot decode', async () => {
    expect(await decodeBody(TEXT, 'gzip', WHOLE)).toMatchObject({ ok: false, kind: 'decoding' });
    expect(await decodeBody(gzipSync(TEXT).subarray(0, 40), 'gzip', WHOLE)).toMatchObject({
      ok: false,
      kind: 'decoding',
    });
    expect(await decodeBody(TEXT, 'compress', WHOLE)).toMatchObject({ ok: false, kind: 'decoding' });
    expect(await decodeBody(TEXT, 'gzip,gzip,gzip,gzip', WHOLE)).toMatchObject({ ok: false, kind: 'decoding' });
  });

  it.each(['gzip', 'br'])('shows the beginning when only the beginning of %s was kept', async (coding) => {
    const noise = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `${index * 7919} `).join(''));
    const coded = coding === 'gzip' ? gzipSync(noise) : brotliCompressSync(noise);
    const outcome = await decodeBody(coded.subarray(0, 9_000), coding, { maxBytes: 1_000_000, partial: true });
    expect(outcome.ok && outcome.body.length > 0 && noise.subarray(0, outcome.body.length).equals(outcome.body)).toBe(
      true,
    );
  });
});
