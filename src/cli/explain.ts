import { CommanderError } from 'commander';
import { AppError } from '#kernel/errors.ts';
import { CommandError, EXIT, type Io } from './io.ts';
import { harmless } from './text.ts';

/** Says in one sentence why a command failed and answers its exit code; throws what is a fault of ours. */
export function explainFailure(error: unknown, io: Io, json: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof CommandError) return sayFailure(io, json, error.message, error.exitCode, 'failed');
  if (error instanceof AppError) return sayFailure(io, json, error.message, EXIT.failed, error.code);
  throw error;
}

export function sayFailure(io: Io, json: boolean, message: string, exitCode: number, code: string): number {
  io.err(json ? `${JSON.stringify({ error: { code, message } })}\n` : `${harmless(message)}\n`);
  return exitCode;
}
