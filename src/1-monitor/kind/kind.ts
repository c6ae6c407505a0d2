import type { z } from 'zod';

/** What an address of one scheme means: `port` null = it must be named; `secure` = TLS from the first byte. */
export interface Scheme {
  readonly port: number | null;
  readonly secure: boolean;
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
  /** Which assertions mean something for it. */
  readonly assertions: readonly ('body' | 'response-time' | 'certificate')[];
}

export function defineKind<Name extends string, Options extends z.ZodObject>(
  kind: Kind<Name, Options>,
): Kind<Name, Options> {
  return kind;
}
