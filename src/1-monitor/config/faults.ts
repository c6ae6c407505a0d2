import { AppError, type FieldError } from '#kernel/errors.ts';
import type { Entry } from './entry.ts';

const MOST = 100;

/** Everything that is wrong with the files, to be said at once. */
export type Faults = {
  readonly add: (entry: Entry, path: readonly string[], message: string, suggestion?: string) => void;
  readonly addAt: (file: string, line: number, path: readonly string[], message: string) => void;
  /** What a verb refuses, by its `body.…` paths; anything else is thrown on. */
  readonly trying: <Result>(entry: Entry, act: () => Result) => Result | null;
  readonly any: () => boolean;
  /** Refuses when there are any. */
  readonly settle: () => void;
};

export function collectFaults(): Faults {
  const errors: FieldError[] = [];
  const put = (file: string, line: number, path: readonly string[], message: string, suggestion?: string) => {
    if (errors.length >= MOST) return;
    const where = `${file}:${line}${path.length > 0 ? ` ${path.join('.')}` : ''}`;
    errors.push({ path: where.slice(0, 400), message, ...(suggestion === undefined ? {} : { suggestion }) });
  };
  const add: Faults['add'] = (entry, path, message, suggestion) =>
    put(entry.file, entry.lineOf(path), [entry.section, entry.key, ...path], message, suggestion);
  return {
    add,
    addAt: put,
    trying: (entry, act) => {
      try {
        return act();
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        for (const { path, message, suggestion } of faultsOf(error)) add(entry, path, message, suggestion);
        return null;
      }
    },
    any: () => errors.length > 0,
    settle: () => {
      if (errors.length === 0) return;
      const [first] = errors;
      const more = errors.length === 1 ? '' : `, and ${errors.length - 1} more`;
      throw new AppError('invalid', `The files have faults: ${first?.path}: ${first?.message}${more}`, { errors });
    },
  };
}

/** The fields that a refusal names, as paths within an entry. */
export function faultsOf(error: AppError): { path: string[]; message: string; suggestion?: string }[] {
  const named = error.errors.length > 0 ? error.errors : [{ path: '', message: error.message }];
  return named.map(({ path, ...rest }) => ({
    path: path
      .split('.')
      .filter((part) => part !== '' && part !== 'body')
      .map((part) => WORDS[part] ?? part),
    ...rest,
  }));
}

/** What the API calls by an id, files call by a key. */
const WORDS: Readonly<Record<string, string>> = {
  serviceId: 'service',
  serviceIds: 'services',
  monitorIds: 'monitors',
  escalationPolicyId: 'escalationPolicy',
};
