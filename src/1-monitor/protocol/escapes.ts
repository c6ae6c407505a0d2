const ESCAPES: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', '0': '\0', '\\': '\\' };

/** Bytes as they are typed into one line: `\r`, `\n`, `\t`, `\0`, `\\` and `\x1b`; the rest is UTF-8. */
export function unescape(text: string): Buffer {
  const parts = text.split(/(\\(?:[rnt0\\]|x[0-9a-f]{2}))/i).map((part) => {
    if (!part.startsWith('\\')) return Buffer.from(part);
    const letter = part[1]?.toLowerCase() ?? '';
    if (letter === 'x' && part.length === 4) return Buffer.from(part.slice(2), 'hex');
    return Buffer.from(ESCAPES[letter] ?? part);
  });
  return Buffer.concat(parts);
}
