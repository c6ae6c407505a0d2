import type { z } from 'zod';

/** What an address of one scheme means: `port` null = it must be named, 0 = there is none; `secure` = TLS from the first byte. */
export interface Scheme {
  readonly port: number | null;
  readonly secure: boolean;
}

interface Interval {
  readonly minSeconds: number;
  readonly usualSeconds: number;
}

/**
 * A kind of monitor beside HTTP: how its address is written and what else it asks. Browser-safe; how it is asked is in
 * `protocol/`. Every option has a default, so that an address alone is a whole question.
 */
export interface Kind<Name extends string, Options extends z.ZodObject> {
  readonly kind: Name;
  /** By scheme without its colon; the first is the one that a bare `host:port` gets. */
  readonly schemes: Readonly<Record<string, Scheme>>;
  readonly options: Options;
  /** Options whose values are stored sealed and read back as `[secret]`. */
  readonly secrets: readonly (keyof z.output<Options> & string)[];
  /** Options that hold secrets by name; each value is stored and read back like one. */
  readonly secretRecords?: readonly (keyof z.output<Options> & string)[];
  /** Which assertions mean something for it. */
  readonly assertions: readonly ('body' | 'response-time' | 'certificate')[];
  /** Whether a pasted `user:password@` becomes the options `user` and `password`; otherwise it is refused. */
  readonly account?: true;
  /** Whether its address is only asked about, of somebody else, and never connected to. */
  readonly askedAbout?: true;
  /** Whether it is asked by probes elsewhere only, never by this installation itself. */
  readonly elsewhere?: true;
  /** Where it may not be asked as often as others: at most so often, and how often unless somebody says. */
  readonly interval?: Interval;
  /** Options that name somebody else whom a check connects to. */
  readonly reached?: readonly (keyof z.output<Options> & string)[];
}

export function defineKind<Name extends string, Options extends z.ZodObject>(
  kind: Kind<Name, Options>,
): Kind<Name, Options> {
  return kind;
}
