import { request } from 'node:http';
import { Duplex } from 'node:stream';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { ResponseParser } from './response-parser.ts';
import { cut, legalResponse } from './test-responses.ts';

/**
 * The response parser beside the one of node:http, over generated responses: legal ones, and the same with bytes
 * changed. What both accept must be read the same; what ours alone refuses is asked again by node:http in a real check;
 * what ours alone accepts is counted apart.
 */
const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
const count = Number(values.count ?? 1_000_000);
const seed = Number(values.seed ?? Date.now() % 2_147_483_647);

type Read = { readonly status: number; readonly headers: string; readonly body: string };

const LIMITS = { headBytes: 65_536, headers: 1_000, bodyBytes: 1_000_000, keepBytes: 1_000_000 };

function readOurs(pieces: readonly Buffer[], head: boolean): Read | null {
  const parser = new ResponseParser(head, LIMITS);
  for (const piece of pieces) if (!parser.settled) parser.push(piece);
  if (!parser.settled) parser.end();
  if (parser.fault !== null || parser.head === null) return null;
  const headers = parser.head.headers.map(([name, value]) => `${name.toLowerCase()}:${value}`).join('\n');
  return { status: parser.head.status, headers, body: parser.body().toString('latin1') };
}

function readTheirs(pieces: readonly Buffer[], head: boolean): Promise<Read | null> {
  return new Promise((resolve) => {
    const connection = new Duplex({
      read() {},
      write(_chunk, _encoding, done) {
        done();
        for (const piece of pieces) this.push(piece);
        this.push(null);
      },
    });
    const asked = request(
      { method: head ? 'HEAD' : 'GET', host: 'localhost', createConnection: () => connection as never },
      (response) => {
        const body: Buffer[] = [];
        response.on('data', (piece: Buffer) => body.push(piece));
        response.on('error', () => resolve(null));
        response.on('end', () => {
          const names = response.rawHeaders;
          const pairs = Array.from(
            { length: names.length / 2 },
            (_, i) => `${names[2 * i]?.toLowerCase()}:${names[2 * i + 1]}`,
          );
          const headers = pairs.join('\n');
          resolve({ status: response.statusCode ?? 0, headers, body: Buffer.concat(body).toString('latin1') });
        });
      },
    );
    asked.on('error', () => resolve(null));
    asked.end();
  });
}

const change = fc.record({ at: fc.nat(), byte: fc.nat(255), how: fc.constantFrom('put', 'insert', 'drop') });
const sample = fc.record({
  head: fc.boolean(),
  cuts: fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 6 }),
  changes: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(change, { minLength: 1, maxLength: 3 }) },
  ),
});
const response = sample.chain((asked) => legalResponse(asked.head).map((text) => ({ ...asked, text })));

function changed(text: string, changes: readonly { at: number; byte: number; how: string }[]): Buffer {
  let bytes = Buffer.from(text, 'latin1');
  for (const { at, byte, how } of changes) {
    const spot = at % (bytes.length + 1);
    const rest = bytes.subarray(how === 'insert' ? spot : spot + 1);
    bytes = Buffer.concat([bytes.subarray(0, spot), ...(how === 'drop' ? [] : [Buffer.from([byte])]), rest]);
  }
  return bytes;
}

const began = performance.now();
const figures = {
  legal: 0,
  changed: 0,
  bothAccept: 0,
  bothRefuse: 0,
  legalRefused: 0,
  oursStricter: 0,
  oursLooser: 0,
  differ: 0,
};
const examples: string[] = [];
const note = (what: string, bytes: Buffer) => {
  if (examples.length < 10) examples.push(`${what}: ${JSON.stringify(bytes.toString('latin1').slice(0, 400))}`);
};
const BATCH = 1_000;
for (let done = 0; done < count; done += BATCH) {
  for (const { head, cuts, changes, text } of fc.sample(response, { numRuns: BATCH, seed: seed + done })) {
    const bytes = changed(text, changes);
    const pieces = cut(bytes, cuts);
    const ours = readOurs(pieces, head);
    const theirs = await readTheirs(pieces, head);
    figures[changes.length === 0 ? 'legal' : 'changed'] += 1;
    if (ours === null && theirs === null) figures.bothRefuse += 1;
    else if (ours === null) {
      figures.oursStricter += 1;
      if (changes.length > 0) continue;
      figures.legalRefused += 1;
      note('refused though legal', bytes);
    } else if (theirs === null) {
      figures.oursLooser += 1;
    } else {
      figures.bothAccept += 1;
      if (ours.status === theirs.status && ours.headers === theirs.headers && ours.body === theirs.body) continue;
      figures.differ += 1;
      note('read differently', bytes);
    }
  }
}
for (const example of examples) process.stderr.write(`${example}\n`);
const seconds = Math.round((performance.now() - began) / 100) / 10;
process.stdout.write(`${JSON.stringify({ fuzz: 'response parser', seed, responses: count, ...figures, seconds })}\n`);
process.exit(figures.differ + figures.legalRefused === 0 ? 0 : 1);
