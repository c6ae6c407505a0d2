import fc from 'fast-check';

/** For tests: the bytes in pieces of so many bytes, and the rest. */
export function cut(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  for (const length of lengths) {
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return [...pieces, bytes.subarray(at)].filter((piece) => piece.length > 0);
}

/** For tests: a response as HTTP/1.1 allows it, in one of its framings, one character a byte. */
export function legalResponse(head: boolean): fc.Arbitrary<string> {
  const token = fc.stringMatching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}$/).map((name) => `X-${name}`);
  const value = fc.stringMatching(/^[\t\x20-\x7e\x80-\xff]{0,30}$/);
  const fields = fc.array(
    fc
      .tuple(token, fc.constantFrom('', ' ', '\t ', '  '), value, fc.constantFrom('', ' ', '\t'))
      .map((parts) => `${parts[0]}:${parts[1]}${parts[2]}${parts[3]}\r\n`),
    { maxLength: 8 },
  );
  const body = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
  const interim = fc.constantFrom(
    '',
    '',
    'HTTP/1.1 103 Early Hints\r\nLink: </s>; rel=preload\r\n\r\n',
    'HTTP/1.1 102 Processing\r\n\r\n',
  );
  const status = fc.constantFrom(
    '200 OK',
    '200 ',
    '299 Odd: reason; phrase',
    '204 No Content',
    '304 Not Modified',
    '404 Not Found',
    '503 \xe9\xe8',
    '302 Found',
  );
  return fc
    .tuple(
      interim,
      fc.constantFrom('1.1', '1.0'),
      status,
      fields,
      body,
      fc.constantFrom('length', 'chunked', 'close'),
      fc.array(fc.nat(60), { maxLength: 5 }),
      fc.boolean(),
    )
    .map(([before, version, line, headers, text, framing, cuts, trailer]) => {
      const start = `${before}HTTP/${version} ${line}\r\n${headers.join('')}`;
      if (/^(?:204|304)/.test(line)) return `${start}\r\n`;
      if (framing === 'length') return `${start}CONTENT-length:${text.length}\r\n\r\n${head ? '' : text}`;
      if (framing === 'close') return `${start}Connection: close\r\n\r\n${head ? '' : text}`;
      const chunks = cut(
        Buffer.from(text, 'latin1'),
        cuts.map((size) => size + 1),
      );
      const coded = [
        ...chunks.map(
          (chunk, index) =>
            `${chunk.length.toString(16)}${index % 2 === 0 ? '' : ';ext=1'}\r\n${chunk.toString('latin1')}\r\n`,
        ),
        `0\r\n${trailer ? 'X-Trailer: yes\r\n' : ''}\r\n`,
      ];
      return `${start}Transfer-Encoding: chunked\r\n\r\n${head ? '' : coded.join('')}`;
    });
}
