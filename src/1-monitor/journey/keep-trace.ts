import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** A file as it stands in the zip, packed or not. */
interface Packed {
  readonly name: string;
  readonly method: number;
  readonly data: Buffer;
}

/** A file as it is written: what it is, and the same packed. */
interface Entry {
  readonly name: string;
  readonly bytes: Buffer;
  readonly packed: Buffer;
}

/** ZIP (APPNOTE 4.3): the three records that are needed, by their signatures. */
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const MAX_ENTRY_BYTES = 33_554_432;
/** Of all files together, unpacked: what is packed may be a thousand times as large. */
const MAX_BYTES = 67_108_864;
const STORED = 0;
const DEFLATED = 8;
const MAX_ENTRIES = 5_000;

/** What a trace shows of the machine that made it. */
const OURS = /\.stacks$|^resources\/src@/;

/**
 * A trace as it may be kept: secrets masked wherever they stand in plain letters, nothing of our own files, and no
 * larger than `maxBytes`; what is not the course itself (files of the pages, pictures) is left out, the largest first, and
 * what would unpack to more than 32 MB, or 64 MB with what came before it. Null when even the course is too large, or the
 * file is none.
 */
export function keepTrace(zip: Buffer, mask: (text: string) => string, maxBytes: number): Buffer | null {
  const listed = listZip(zip);
  if (listed === null) return null;
  let kept = unpack(
    listed.filter(({ name }) => !OURS.test(name)),
    mask,
  );
  const size = () => kept.reduce((sum, { name, packed }) => sum + packed.length + name.length * 2 + 76, 22);
  while (size() > maxBytes) {
    const [largest] = kept
      .filter(({ name }) => !isCourse(name))
      .toSorted((one, other) => other.packed.length - one.packed.length);
    if (largest === undefined) return null;
    kept = kept.filter((entry) => entry !== largest);
  }
  return writeZip(kept);
}

/** The course first, then the others as they come, while there is room. */
function unpack(listed: readonly Packed[], mask: (text: string) => string): Entry[] {
  let room = MAX_BYTES;
  const inOrder = [...listed.filter(({ name }) => isCourse(name)), ...listed.filter(({ name }) => !isCourse(name))];
  return inOrder.flatMap(({ name, method, data }) => {
    const bytes = method === STORED ? data : inflate(data, Math.min(room, MAX_ENTRY_BYTES));
    // What would be too large is left out, and not half there.
    if (bytes === null || bytes.length > room) return [];
    room -= bytes.length;
    const masked = maskBytes(bytes, mask);
    const packed = masked === bytes && method === DEFLATED ? data : deflateRawSync(masked);
    return [{ name: mask(name), bytes: masked, packed }];
  });
}

function isCourse(name: string): boolean {
  return /\.(?:trace|network)$/.test(name);
}

/** Byte for byte, so that what is no text stays what it is. */
function maskBytes(bytes: Buffer, mask: (text: string) => string): Buffer {
  const text = bytes.toString('utf8');
  const masked = mask(text);
  if (masked === text) return bytes;
  return Buffer.from(text, 'utf8').equals(bytes) ? Buffer.from(masked, 'utf8') : Buffer.alloc(0);
}

function listZip(zip: Buffer): Packed[] | null {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end + 22 > zip.length) return null;
  const count = zip.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) return null;
  const entries: Packed[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== CENTRAL) return null;
    const [method, packed] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const lengths = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)] as const;
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + lengths[0]);
    if (local + 30 > zip.length || zip.readUInt32LE(local) !== LOCAL) return null;
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    entries.push({ name, method, data: zip.subarray(from, from + packed) });
    at += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return entries;
}

function inflate(data: Buffer, most: number): Buffer | null {
  if (most === 0) return null;
  try {
    return inflateRawSync(data, { maxOutputLength: most });
  } catch {
    return null;
  }
}

function writeZip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, packed } of entries) {
    const named = Buffer.from(name, 'utf8');
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(0x0800, 2); // names are UTF-8
    about.writeUInt16LE(DEFLATED, 4);
    about.writeUInt16LE(0x21, 8); // the first of January 1980: no clock is needed
    about.writeUInt32LE(crc32(bytes), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(bytes.length, 18);
    about.writeUInt16LE(named.length, 22);
    const local = Buffer.concat([signature(LOCAL), about, named, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(signature(CENTRAL), Buffer.from([20, 0]), about, tail, named);
    parts.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, directory, signature(END), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
