import type { BeatView } from '#monitor/contract';

/** What a beat said. */
export function kindWords({ kind, exitCode }: Pick<BeatView, 'kind' | 'exitCode'>): string {
  if (exitCode !== null) return exitCode === 0 ? 'Success, exit code 0' : `Failure, exit code ${exitCode}`;
  return { start: 'Start', success: 'Success', failure: 'Failure', log: 'Log', missed: 'Missed' }[kind];
}
