import { type Command, Option } from 'commander';
import type { GlobalOptions } from './api.ts';
import { EXIT, type Io, type Outcome } from './io.ts';
import { harmless } from './text.ts';

/** One run of the program; commands leave their exit code here. */
export type Session = {
  readonly program: Command;
  readonly io: Io;
  readonly global: () => GlobalOptions;
  exitCode: number | null;
};

/** Prints what a command hands back, for people or as JSON. */
export async function show(session: Session, act: Promise<Outcome>): Promise<void> {
  const { io, global } = session;
  const outcome = await act;
  const { paint = (text: string) => text } = outcome;
  io.out(global().json ? `${JSON.stringify(outcome.data, null, 2)}\n` : `${paint(harmless(outcome.text))}\n`);
  if (outcome.aside && !global().json) io.err(`${harmless(outcome.aside)}\n`);
  session.exitCode = outcome.exitCode ?? EXIT.ok;
}

/** An option that takes one of some words. */
export function oneOf(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices);
}

/** For an option that is given several times. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

/** The part of a command's help that shows how it is used. */
export function examples(...lines: readonly string[]): string {
  return ['', 'Examples:', ...lines.map((line) => `  allclear ${line}`)].join('\n');
}
