import { fault } from '../check/faults.ts';
import type { CheckError } from '../check/spec.ts';

/** What `ping` found, or why it could not even ask. */
export type Pinged =
  | {
      readonly ok: true;
      readonly sent: number;
      readonly received: number;
      /** On average; null when nothing came back. */
      readonly roundTripMs: number | null;
      /** What a router said of the way there. */
      readonly unreachable: string | null;
      readonly output: string;
    }
  | { readonly ok: false; readonly error: CheckError };

const FORBIDDEN = /not permitted|permission denied|lacking privilege|cap_net_raw|are you root/i;

/** Reads the sums of iputils, BusyBox and BSD. `ended`: its exit code where that is not 0, or why it did not start. */
export function readPing(stdout: string, stderr: string, ended: string | null): Pinged {
  const sums = /(\d+) packets transmitted, (\d+)(?: packets)? received/.exec(stdout);
  const sent = Number(sums?.[1] ?? 0);
  if (sent === 0) return { ok: false, error: describeFailure(`${stderr}\n${stdout}`, ended) };
  const average = /(?:rtt|round-trip) [^=]*= *[\d.]+\/([\d.]+)/.exec(stdout)?.[1];
  return {
    ok: true,
    sent,
    received: Number(sums?.[2] ?? 0),
    roundTripMs: average === undefined ? null : Number(average),
    unreachable: /(?:destination|network|host|net)[\w ]* unreachable|time to live exceeded/i.exec(stdout)?.[0] ?? null,
    output: stdout,
  };
}

function describeFailure(said: string, ended: string | null): CheckError {
  if (FORBIDDEN.test(said) || ended === 'EACCES') {
    const way = 'set net.ipv4.ping_group_range to "0 2147483647", or give the program ping the capability cap_net_raw';
    return fault('not-permitted', `this machine does not permit ping: ${way}`);
  }
  if (/network is unreachable|no route to host|address family not supported|cannot assign/i.test(said))
    return fault('no-connectivity', 'this machine has no route there');
  const first = said.trim().split('\n')[0] ?? '';
  return fault('not-permitted', `ping could not ask: ${first === '' ? `it ended with ${ended}` : first.slice(0, 200)}`);
}
