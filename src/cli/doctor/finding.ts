/** One thing that `doctor` looked at. `warn` works today and may hurt tomorrow; `skip` could not be looked at. */
export type Finding = {
  readonly check: string;
  readonly state: 'ok' | 'warn' | 'fail' | 'skip';
  readonly message: string;
};

export const ok = (check: string, message: string): Finding => ({ check, state: 'ok', message });
export const warn = (check: string, message: string): Finding => ({ check, state: 'warn', message });
export const fail = (check: string, message: string): Finding => ({ check, state: 'fail', message });
export const skip = (check: string, message: string): Finding => ({ check, state: 'skip', message });

/** What an unknown error says, in one line. */
export function reason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reason(error.errors[0]);
  return error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error);
}
