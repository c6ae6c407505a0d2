import { readFileSync, readdirSync } from 'node:fs';

interface Row {
  readonly pid: number;
  readonly parent: number;
}

/** Everything that a process started, and what that started. Empty where the system does not list processes as files. */
export function descendants(root: number): number[] {
  const byParent = Map.groupBy(rows(), ({ parent }) => parent);
  const found: number[] = [];
  const visit = (pid: number): void => {
    for (const child of byParent.get(pid) ?? []) {
      found.push(child.pid);
      visit(child.pid);
    }
  };
  visit(root);
  return found;
}

function rows(): Row[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // proc_pid_stat(5): "pid (name) state parent …"; the name may hold spaces and parentheses.
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return [{ pid: Number(name), parent }];
    } catch {
      return [];
    }
  });
}

const PAGE_BYTES = 4_096;

/**
 * Memory of a process and all that it started: what each has alone, and the largest shared part once. What several map
 * (the program itself, pictures on their way to the screen) would otherwise count many times.
 */
export function treeBytes(root: number): number {
  let own = 0;
  let shared = 0;
  for (const pid of [root, ...descendants(root)]) {
    try {
      const [, resident = 0, common = 0] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ').map(Number);
      own += Math.max(0, resident - common) * PAGE_BYTES;
      shared = Math.max(shared, common * PAGE_BYTES);
    } catch {
      // It ended meanwhile.
    }
  }
  return own + shared;
}

/** Ends a process and all that it started, at once. */
export function killTree(root: number): void {
  killAll([...descendants(root).toReversed(), root]);
}

/** Ends all that a process started, and not itself. */
export function killBelow(root: number): void {
  killAll(descendants(root).toReversed());
}

/**
 * Ends whatever is left of a process that has ended: its group, and who was started with this text among its arguments.
 * Nobody's children any more, they are found by nothing else.
 */
export function killOrphans(group: number, mark: string): void {
  killAll([-group, ...namedBy(mark)]);
}

function namedBy(mark: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').flatMap((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(mark) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }
}
