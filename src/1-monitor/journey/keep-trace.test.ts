import { crc32, deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { keepTrace } from './keep-trace.ts';

/** A zip as Playwright writes it, by the records of the format alone. */
function zipOf(files: Readonly<Record<string, Buffer>>): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(crc32(bytes), 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(bytes.length, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(at, 42);
    central.push(entry, Buffer.from(name));
    parts.push(head, Buffer.from(name), packed);
    at += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}

const noise = (length: number) => Buffer.from(Array.from({ length }, (_, i) => (i * 7_919 * (i % 251)) & 255));
const mask = (text: string) => text.replaceAll('hunter2', '[secret]');
/** What stands in it, by looking for the names: the directory is at the end. */
const names = (zip: Buffer | null) =>
  ['trace.trace', 'trace.network', 'trace.stacks', 'resources/big.dat', 'resources/small.dat'].filter((name) =>
    zip?.toString('latin1').includes(name),
  );

it('masks secrets, leaves out our own files, and what is too large, the largest first', () => {
  const zip = zipOf({
    'trace.trace': Buffer.from('{"value":"hunter2"}'),
    'trace.network': Buffer.from('{}'),
    'trace.stacks': Buffer.from('/srv/allclear/src'),
    'resources/big.dat': noise(50_000),
    'resources/small.dat': noise(5_000),
  });
  const whole = keepTrace(zip, mask, 1_000_000);
  expect(names(whole)).toEqual(['trace.trace', 'trace.network', 'resources/big.dat', 'resources/small.dat']);
  // Read again, it says the same: what it wrote is a zip.
  expect(keepTrace(whole ?? Buffer.alloc(0), (text) => text, 1_000_000)).toEqual(whole);
  expect(whole).toEqual(keepTrace(whole ?? Buffer.alloc(0), mask, 1_000_000));
  const small = keepTrace(zip, mask, (whole?.length ?? 0) - 1_000);
  expect(names(small)).toEqual(['trace.trace', 'trace.network', 'resources/small.dat']);
  expect(keepTrace(zip, mask, 100)).toBeNull();
});

it('takes nothing for a trace that is none', () => {
  expect(keepTrace(Buffer.from('no zip'), mask, 1_000)).toBeNull();
  expect(keepTrace(Buffer.alloc(0), mask, 1_000)).toBeNull();
  const zip = zipOf({ 'trace.trace': Buffer.from('{}') });
  for (let cut = 0; cut < zip.length; cut += 3)
    expect(() => keepTrace(zip.subarray(0, cut), mask, 1_000)).not.toThrow();
});

it('unpacks 64 MB at most in all, the course first', () => {
  const zeros = Buffer.alloc(24_000_000);
  const big = ['a', 'b', 'c', 'd'].map((name) => [`resources/${name}.dat`, zeros] as const);
  const zip = zipOf({ ...Object.fromEntries(big), 'trace.trace': Buffer.from('{}'), 'resources/last.dat': noise(50) });
  const kept = keepTrace(zip, mask, 2_000_000)?.toString('latin1') ?? '';
  const has = (name: string) => kept.includes(name);
  expect(['trace.trace', ...big.map(([name]) => name), 'resources/last.dat'].filter(has)).toEqual([
    'trace.trace',
    'resources/a.dat',
    'resources/b.dat',
    'resources/last.dat',
  ]);
  const huge = zipOf({ 'trace.trace': Buffer.alloc(34_000_000), 'resources/last.dat': noise(50) });
  expect(names(keepTrace(huge, mask, 2_000_000))).toEqual([]);
});
