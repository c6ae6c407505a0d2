import { availableParallelism, loadavg } from 'node:os';

/**
 * How long a promise in wall-clock time may take here and now: as promised on a machine that is ours, longer by as much
 * as others keep it busy.
 */
export function promised(ms: number): number {
  const [lastMinute = 0] = loadavg();
  return ms * Math.max(1, lastMinute / availableParallelism());
}
