import type { ConfigSection } from './contract.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** One thing that the files want, before it is understood. */
export type Entry = {
  readonly section: ConfigSection;
  readonly key: string;
  readonly file: string;
  readonly value: Fields;
  /** Of a field within it. */
  readonly lineOf: (path: readonly string[]) => number;
};

export const DEFAULT_SET = 'default';
