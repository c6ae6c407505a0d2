import { runCli } from './program.ts';

const exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  fetch: globalThis.fetch.bind(globalThis),
  now: () => new Date(),
});
// A server goes on until a signal ends it.
if (exitCode !== null) process.exitCode = exitCode;
