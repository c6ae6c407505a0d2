import type { Encoding } from './artefact.ts';

const OURS = ['br', 'gzip', 'identity'] as const satisfies readonly Encoding[];

/**
 * The encoding to answer with (RFC 9110 §12.5.3): the highest quality that the reader gives one of ours; at equal
 * quality the smaller. No header means identity. A reader that refuses all three gets identity all the same, as the RFC
 * allows, since a status page that answers 406 helps nobody.
 */
export function chooseEncoding(header: string | undefined): Encoding {
  if (header === undefined || header === '') return 'identity';
  const qualities = new Map<string, number>();
  for (const part of header.split(',', 32)) {
    const [name, ...parameters] = part.split(';');
    qualities.set((name ?? '').trim().toLowerCase(), qualityOf(parameters));
  }
  const quality = (encoding: Encoding) => {
    const own = qualities.get(encoding) ?? (encoding === 'gzip' ? qualities.get('x-gzip') : undefined);
    if (own !== undefined) return own;
    // identity is acceptable unless refused, but never preferred to an encoding that was asked for
    return qualities.get('*') ?? (encoding === 'identity' ? 0.0001 : 0);
  };
  let best: Encoding = 'identity';
  let bestQuality = 0;
  for (const encoding of OURS) {
    if (quality(encoding) > bestQuality) {
      best = encoding;
      bestQuality = quality(encoding);
    }
  }
  return best;
}

function qualityOf(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const match = /^\s*q\s*=\s*(\d(?:\.\d{0,3})?)\s*$/i.exec(parameter);
    if (match) return Math.min(1, Number(match[1]));
  }
  return 1;
}

/** Whether `If-None-Match` names the tag; comparison is weak, as for all conditional reads (RFC 9110 §13.1.2). */
export function matchesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag || header.trim() === '*') return true;
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
