import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { waitFor } from './wait-for.ts';

/** Waits until a program that was started accepts connections on loopback; fails at once when it ended. */
export async function listens(port: number, child: ChildProcess): Promise<void> {
  await waitFor(
    `${child.spawnfile} to listen`,
    () => {
      if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
      return accepts(port);
    },
    30_000,
  );
}

/** Ends a program and removes the folder that was its own. */
export async function endChild(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
