import { readFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';
import type { z } from 'zod';
import { CommandError, type Io } from '../io.ts';
import { parseDuration } from '../text.ts';

/** The text of a file; `-` reads standard input. */
export async function readText(io: Io, file: string): Promise<string> {
  return (file === '-' ? io.stdin() : readFile(file, 'utf8')).catch(() => {
    throw new CommandError(`${file} cannot be read.`);
  });
}

/** A YAML or JSON file in the shape it has to have; otherwise the first few faults, each with its place. */
export async function readDocument<Schema extends z.ZodType>(
  io: Io,
  file: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await readText(io, file);
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 100 });
  } catch (error) {
    throw new CommandError(
      `${file} is neither YAML nor JSON: ${String((error as Error).message).split('\n')[0]}`.replace(/:$/, '.'),
    );
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'document'}: ${message}`);
  const more = faults.length > 5 ? [`and ${faults.length - 5} more`] : [];
  throw new CommandError([`${file} is not what it should be.`, ...faults.slice(0, 5), ...more].join('\n  '));
}

/** A document as YAML, with a comment above it. */
export function writeYaml(comment: string, document: unknown): string {
  return `# ${comment}\n${stringify(document, { lineWidth: 120 }).trimEnd()}`;
}

/** A length of time in a file: `5m`, `2h`, or seconds. */
export function secondsIn(length: string | number, where: string): number {
  const seconds = parseDuration(String(length));
  if (seconds === null) throw new CommandError(`${where}: ${length} is not a length of time such as 30m or 2h.`);
  return seconds;
}

/** The shortest way to say a length: `90s`, `5m`, `2h`, `7d`. */
export function lengthText(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3_600],
    ['m', 60],
  ] as const;
  const fitting = units.find(([, size]) => seconds > 0 && seconds % size === 0);
  return fitting ? `${seconds / fitting[1]}${fitting[0]}` : `${seconds}s`;
}
