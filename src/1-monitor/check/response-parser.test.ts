import { createServer, type Server } from 'node:net';
import { request } from 'node:http';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headerValue } from './response-head.ts';
import { ResponseParser } from './response-parser.ts';
import { cut, legalResponse } from './test-responses.ts';

const LIMITS = { headBytes: 65_536, headers: 1_000, bodyBytes: 1_000_000, keepBytes: 1_000_000 };

function parse(pieces: readonly Buffer[], headRequest = false, limits = LIMITS): ResponseParser {
  const parser = new ResponseParser(headRequest, limits);
  const shared = Buffer.alloc(65_536);
  for (const piece of pieces) {
    for (let at = 0; at < piece.length && !parser.settled; at += shared.length) {
      const length = piece.copy(shared, 0, at, at + shared.length);
      parser.push(shared.subarray(0, length));
      shared.fill(0x21);
    }
  }
  if (!parser.settled) parser.end();
  return parser;
}

const parseText = (text: string, headRequest = false, limits = LIMITS): ResponseParser =>
  parse([Buffer.from(text, 'latin1')], headRequest, limits);

describe('a response is read to its end', () => {
  const cases: [string, string, number, string][] = [
    ['content-length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloEXTRA', 200, 'hello'],
    ['close-delimited', 'HTTP/1.0 404 Not Found\r\n\r\nnothing here', 404, 'nothing here'],
    [
      'chunked with extension and trailer',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3;a="b"\r\nfoo\r\n0a \r\n0123456789\r\n0\r\nX: y\r\n\r\n',
      200,
      'foo0123456789',
    ],
    ['no body after 204', 'HTTP/1.1 204\r\nContent-Length: 7\r\n\r\n', 204, ''],
    ['no reason phrase', 'HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n', 200, ''],
    [
      'interim responses first',
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
      200,
      'ok',
    ],
    ['empty lines before the status line', '\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 200, 'ok'],
    ['a folded header', 'HTTP/1.1 200 OK\r\nX: a\r\n  b\r\nContent-Length: 2\r\n\r\nok', 200, 'ok'],
  ];
  it.each(cases)('%s', (_, text, status, body) => {
    const bytes = Buffer.from(text);
    const late = [bytes.subarray(0, -7), bytes.subarray(-7)];
    for (const pieces of [[bytes], late, [...bytes].map((byte) => Buffer.from([byte]))]) {
      const parser = parse(pieces);
      expect(parser.fault).toBeNull();
      expect(parser.head?.status).toBe(status);
      expect(parser.body().toString()).toBe(body);
    }
  });

  it('has no body in answer to HEAD, whatever the headers say', () => {
    const parser = parseText('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n', true);
    expect([parser.fault, parser.body().length]).toEqual([null, 0]);
  });

  it('joins repeated headers and knows no case in names', () => {
    const head = parseText('HTTP/1.1 200 OK\r\nX-A: 1\r\nx-a:\t2 \r\nEmpty:\r\n\r\n').head;
    expect(headerValue(head?.headers ?? [], 'x-a')).toBe('1, 2');
    expect(headerValue(head?.headers ?? [], 'empty')).toBe('');
    expect(headerValue(head?.headers ?? [], 'absent')).toBeNull();
  });
});

describe('a faulty response is refused with its reason', () => {
  const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
  const cases: [string, string, string][] = [
    ['HTTP/1.1 200 OK\nA: b\n\nok', 'protocol', 'without CR LF'],
    ['HTTP/1.1 099 Odd\r\n\r\n', 'protocol', 'not a status: 099'],
    ['SSH-2.0-OpenSSH\r\n\r\n', 'protocol', 'status line'],
    ['HTTP/1.1 200 OK\r\nBad Header: 1\r\n\r\n', 'protocol', 'not a header'],
    ['HTTP/1.1 200 OK\r\nA: \u0000\r\n\r\n', 'protocol', 'control character'],
    ['HTTP/1.1 200 OK\r\nA: 1\nB: 2\r\n\r\n', 'protocol', 'without CR LF'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello', 'protocol', 'one number'],
    ['HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n', 'protocol', 'one number'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n', 'protocol', 'both'],
    [`${chunked}zz\r\n`, 'protocol', 'not a chunk size: "zz"'],
    [`${chunked}-1\r\n`, 'protocol', 'not a chunk size'],
    [`${chunked}ffffffffffffffffff\r\n`, 'protocol', 'not a chunk size'],
    [`${chunked}3\r\nabcdef\r\n`, 'protocol', 'longer than its size'],
    [`${chunked}3\nabc\r\n`, 'protocol', 'without CR LF'],
    [`${chunked}3\r\nab`, 'truncated', 'middle of the body'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc', 'truncated', '3 of 10 bytes'],
    ['HTTP/1.1 200 OK\r\nContent-', 'truncated', 'middle of the headers'],
    ['', 'truncated', 'without an answer'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n', 'body-too-large', '1000000 bytes'],
    [`HTTP/1.1 200 OK\r\nA: ${'x'.repeat(70_000)}\r\n\r\n`, 'headers-too-large', '65536'],
    [`HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(1_100)}\r\n`, 'headers-too-large', 'more than 1000 headers'],
    ['HTTP/1.1 100 Continue\r\n\r\n'.repeat(30), 'headers-too-large', 'interim'],
  ];
  it.each(cases)('%.60s: %s', (text, kind, words) => {
    const parser = parseText(text);
    expect(parser.fault?.kind).toBe(kind);
    expect(parser.fault?.message).toContain(words);
  });

  it('keeps no more than asked of a body that comes in tiny chunks', () => {
    const tiny = Buffer.from(`${chunked}${'1\r\na\r\n'.repeat(50_000)}0\r\n\r\n`);
    const parser = parse([tiny], false, { ...LIMITS, keepBytes: 100 });
    expect([parser.fault, parser.bodyBytes, parser.body().length]).toEqual([null, 50_000, 100]);
  });

  it('never throws, whatever the bytes and wherever they are cut', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom(
          'HTTP/1.1 200 OK\r\n',
          'Transfer-Encoding: chunked\r\n',
          '\r\n',
          '5\r\n',
          '0\r\n',
          'Content-Length: 3\r\n',
          ': \r\n',
          ' ',
        )
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const parser = parse(pieces);
        expect(parser.settled).toBe(true);
        expect(parser.body().length).toBeLessThanOrEqual(LIMITS.keepBytes);
      }),
      { numRuns: 500 },
    );
  });
});

describe('beside node:http', () => {
  let server: Server;
  let port = 0;
  let answer: readonly Buffer[] = [];
  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => {
        for (const piece of answer) socket.write(piece);
        socket.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => server.close());

  const ask = (method: string): Promise<{ status: number; headers: string[]; body: string }> =>
    new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', method, agent: false }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.rawHeaders.map((text, index) => (index % 2 === 0 ? text.toLowerCase() : text)),
            body: Buffer.concat(pieces).toString('latin1'),
          }),
        );
      })
        .on('error', reject)
        .end();
    });

  it('reads generated legal responses to the same status, headers and body', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean().chain((head) => fc.tuple(legalResponse(head), fc.constant(head))),
        fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 6 }),
        async ([text, head], cuts) => {
          answer = cut(Buffer.from(text, 'latin1'), cuts);
          const theirs = await ask(head ? 'HEAD' : 'GET');
          const ours = parse(answer, head);
          expect(ours.fault).toBeNull();
          expect(ours.head?.status).toBe(theirs.status);
          expect(ours.head?.headers.flat()).toEqual(theirs.headers);
          expect(ours.body().toString('latin1')).toBe(theirs.body);
        },
      ),
      { numRuns: 300 },
    );
  }, 30_000);
});
