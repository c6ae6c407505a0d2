import type { TestSystem } from './system.ts';

/** What the command line is given by the world around it. */
type Around = {
  readonly version: string;
  readonly env: Readonly<Record<string, string>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly stdin: () => Promise<string>;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => Date;
};

export type Printed = { readonly exitCode: number | null; readonly out: string; readonly err: string };

/** A terminal of the owner in front of the product, without a socket; `input` is what stands on standard input, `env` what is exported. */
export function terminalOf(
  t: TestSystem,
  runCli: (argv: readonly string[], io: Around) => Promise<number | null>,
  env: Readonly<Record<string, string>> = {},
): (input: string, ...argv: readonly string[]) => Promise<Printed> {
  return async (input, ...argv) => {
    const printed = { out: '', err: '' };
    const exitCode = await runCli(argv, {
      version: '1.2.3',
      env: { ALLCLEAR_URL: 'http://allclear.test', ALLCLEAR_API_KEY: t.apiKey, ...env },
      out: (text) => void (printed.out += text),
      err: (text) => void (printed.err += text),
      stdin: () => Promise.resolve(input),
      fetch: async (target, init) => t.app.request(String(target), init),
      now: t.clock.now,
    });
    return { exitCode, ...printed };
  };
}
