import { styleText } from 'node:util';

export type Teller = {
  /** Opens a chapter: one of the seven links of the pipeline. */
  readonly chapter: (name: string, sentence: string) => void;
  /** Something that happened, with the seconds since the demo began. */
  readonly say: (line: string) => void;
  readonly link: (what: string, url: string) => void;
  readonly plain: (line: string) => void;
};

/** Tells the story in the terminal. */
export function createTeller(): Teller {
  const startedAt = Date.now();
  const write = (line: string) => void process.stdout.write(`${line}\n`);
  const clock = () => `${((Date.now() - startedAt) / 1_000).toFixed(1).padStart(5)} s`;
  return {
    chapter: (name, sentence) => write(`\n${styleText('bold', name.padEnd(12))} ${sentence}`),
    say: (line) => write(`${styleText('dim', clock())}      ${line}`),
    link: (what, url) => write(`             ${what}: ${styleText('underline', url)}`),
    plain: write,
  };
}
