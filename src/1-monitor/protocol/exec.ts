import { type ChildProcess, spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asked } from '../check/answer.ts';
import type { CheckRun } from '../check/check-run.ts';
import { seconds } from '../check/describe-result.ts';
import { fault } from '../check/faults.ts';
import type { CheckError } from '../check/spec.ts';
import type { ProtocolOptions } from '../kind/kinds.ts';
import type { Protocol } from './protocol.ts';

/** What a program says counts up to here; the rest of it is read and dropped. */
const MAX_OUTPUT_BYTES = 65_536;
/** From its end until its last words are here. */
const LAST_WORDS_MS = 300;
/** A plain name in the folder of programs: no path leads out of it. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/** Runs a program of this probe. https://nagios-plugins.org/doc/guidelines.html#AEN78 gives the exit codes. */
export const askExec: Protocol<'exec'> = async (spec, target, run, world) => {
  const { programs } = world.setup;
  if (programs === null) {
    const message = 'this probe runs no programs; start it with --programs and the folder that holds them';
    return { error: fault('not-permitted', message), received: null };
  }
  const name = target.host;
  if (!NAME.test(name))
    return { error: fault('invalid-spec', `“${name}” is not the name of a program`), received: null };
  const path = join(programs, name);
  const missing = await access(path, constants.X_OK).then(
    () => false,
    () => true,
  );
  if (missing)
    return {
      error: fault('not-permitted', `${programs} holds no program ${name} that may be run`),
      received: null,
    };
  if (!(await world.runs.take(run.deadline)))
    return {
      error: fault('out-of-resources', 'too many programs run at once; this one did not get its turn'),
      received: null,
    };
  try {
    return await runProgram(path, argumentsOf(spec.options), run);
  } finally {
    world.runs.release();
  }
};

function argumentsOf({ args, secret }: ProtocolOptions['exec']): string[] {
  return args.map((one) => one.replaceAll('{secret}', secret ?? ''));
}

function runProgram(path: string, args: readonly string[], run: CheckRun): Promise<Asked> {
  return new Promise((resolve) => {
    // A group of its own, so that what it starts ends with it; and nothing of our environment.
    const child = spawn(path, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
    });
    const said = collect(child.stdout);
    const complained = collect(child.stderr);
    let stopped: CheckError | null = null;
    const stop = (): void => {
      stopped = fault('timeout', `the program did not end within ${seconds(run.spec.timeoutMs)}`);
      killGroup(child);
    };
    const done = (asked: Asked): void => {
      run.deadline.onPass = null;
      resolve(asked);
    };
    child.once('error', (error) =>
      done({ error: fault('not-permitted', `the program could not be started: ${error.message}`), received: null }),
    );
    const conclude = (code: number | null, signal: NodeJS.Signals | null): void => {
      const text = said() === '' ? complained() : said();
      done({ ...judge(code, signal, text, stopped), received: { status: null, headers: [], body: Buffer.from(text) } });
    };
    child.once('exit', (code, signal) => {
      killGroup(child);
      // We may hear of its end before its last words. What left its group may hold its pipes open for ever.
      const heard = setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, LAST_WORDS_MS);
      child.once('close', () => {
        clearTimeout(heard);
        conclude(code, signal);
      });
    });
    run.deadline.onPass = stop;
    if (run.deadline.passed) stop();
  });
}

function judge(
  code: number | null,
  signal: NodeJS.Signals | null,
  text: string,
  stopped: CheckError | null,
): Pick<Asked, 'error' | 'degraded'> {
  const [first = ''] = text.split('\n');
  // Behind the bar stand figures for graphs.
  const words = first.split('|')[0]?.trim().slice(0, 300) ?? '';
  if (stopped !== null) return { error: stopped };
  const otherwise = (fallback: string) => (words === '' ? fallback : words);
  if (code === 0) return { error: null };
  if (code === 1) return { error: null, degraded: otherwise('the program ended with 1 (warning)') };
  if (code === 2) return { error: fault('answer', otherwise('the program ended with 2 (critical)')) };
  if (code === 3) return { error: fault('no-data', otherwise('the program ended with 3 (unknown)')) };
  const end = code === null ? `was killed by ${signal ?? 'a signal'}` : `ended with ${code}, which has no meaning`;
  return { error: fault('no-data', words === '' ? `the program ${end}` : `the program ${end}: ${words}`) };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size < MAX_OUTPUT_BYTES) chunks.push(chunk.subarray(0, MAX_OUTPUT_BYTES - size));
    size += chunk.length;
  });
  stream.on('error', () => {});
  return () => Buffer.concat(chunks).toString('utf8').trim();
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of them have ended.
  }
}
