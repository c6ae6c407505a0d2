import { AppError } from '#kernel/errors.ts';

/** A start that cannot go on. `message` is one sentence or two for the person who started the server. */
export function startupError(message: string, cause?: unknown): AppError {
  return new AppError('unavailable', message, { cause });
}

/** The system's code of a failed call, such as `EACCES`; an empty text when there is none. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

const KNOWN: readonly (readonly [RegExp, (dataDir: string) => string])[] = [
  [/No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/, diskFull],
  [/Read-only file system|EROFS|Permission denied|can't cd to|EACCES|EPERM/, notWritable],
  [
    /Cannot allocate memory|could not map anonymous shared memory/,
    () =>
      'PostgreSQL found too little memory to start; it needs about 150 MB. Free some memory, or set DATABASE_URL to a server elsewhere.',
  ],
];

export function diskFull(dataDir: string): string {
  return `The disk that holds ${dataDir} is full. Free at least 200 MB there, or set ALLCLEAR_DATA_DIR to a directory on another disk; nothing that was stored is lost.`;
}

export function notWritable(dataDir: string): string {
  return `The data directory ${dataDir} cannot be written by this user. Give it to the user that runs Allclear (chown), or set ALLCLEAR_DATA_DIR to another directory.`;
}

/** Any failure of a start as a sentence; one that is a sentence already stays as it is. */
export function asStartupError(error: unknown, place: { dataDir: string; log?: string }): AppError {
  return error instanceof AppError ? error : explainFailure('starting', `${errorCode(error)} ${String(error)}`, place);
}

/**
 * Turns what PostgreSQL or initdb printed into a sentence. Faults that people can mend are named; of any other the line
 * that says most is passed on, with the file to look into.
 */
export function explainFailure(doing: string, printed: string, place: { dataDir: string; log?: string }): AppError {
  const known = KNOWN.find(([pattern]) => pattern.test(printed));
  if (known) return startupError(known[1](place.dataDir), printed);
  const lines = printed.split('\n').filter((line) => line.trim() !== '');
  const telling =
    lines.findLast((line) => /FATAL|PANIC|error:|error while/.test(line)) ?? lines.at(-1) ?? 'it printed nothing';
  const look = place.log === undefined ? '' : ` More is in ${place.log}.`;
  return startupError(
    `PostgreSQL failed while ${doing}: ${telling.trim().replace(/\.$/, '').slice(0, 500)}.${look}`,
    printed,
  );
}
