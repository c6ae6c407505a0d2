import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** What anybody may know about a running process. `startedAt` tells it from a later one with the same id. */
export type ProcessFacts = { readonly name: string; readonly startedAt: string; readonly commandLine: string };

/**
 * Null when there is no such process, or only its remains (a zombie that nobody has reaped, as in containers without an
 * init). Reads only what is open to every user: a container's root may not look at the files of another's process.
 */
export function processFacts(pid: number): ProcessFacts | null {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): ProcessFacts | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc_pid_stat(5): "pid (name) state …", the name may hold spaces and parentheses; field 22 is the start time.
    const end = stat.lastIndexOf(')');
    const fields = stat.slice(end + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { name: stat.slice(stat.indexOf('(') + 1, end), startedAt: fields[19] ?? '', commandLine };
  } catch {
    return null;
  }
}

function fromPs(pid: number): ProcessFacts | null {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=,command=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
    const match = /^(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(line);
    const [, state, startedAt, commandLine] = match ?? [];
    if (startedAt === undefined || commandLine === undefined || state?.startsWith('Z')) return null;
    return { name: /postgres/.test(commandLine) ? 'postgres' : '', startedAt, commandLine };
  } catch {
    return null;
  }
}

/**
 * The processes of a server by the name of its cluster: the first is known by its arguments, its children by their
 * titles. Empty where the system does not list processes as files.
 */
export function serverProcesses(clusterName: string): number[] {
  if (process.platform !== 'linux') return [];
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => {
    const facts = processFacts(pid);
    return facts !== null && belongsToServer(facts, clusterName);
  });
}

/** Whether these are the facts of a process of the server with that cluster name. */
export function belongsToServer(facts: ProcessFacts, clusterName: string): boolean {
  if (facts.name !== 'postgres') return false;
  return (
    facts.commandLine.includes(`cluster_name=${clusterName}`) ||
    facts.commandLine.startsWith(`postgres: ${clusterName}:`)
  );
}
