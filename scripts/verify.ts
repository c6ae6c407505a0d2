/** `npm run verify`: everything that needs no database and no browser, side by side, in less than a minute. */
import { bin, capture } from './run.ts';

const CHECKS = [
  { name: 'format', file: bin('oxfmt'), args: ['--check'] },
  { name: 'lint', file: bin('oxlint'), args: [] },
  { name: 'types', file: bin('tsc'), args: ['--noEmit', '-p', '.'] },
  { name: 'unused code', file: bin('knip'), args: ['--no-config-hints'] },
  { name: 'unit tests and architecture', file: bin('vitest'), args: ['run', '--project', 'unit', '--reporter', 'dot'] },
];

const codes = await Promise.all(
  CHECKS.map(async ({ name, file, args }) => {
    const start = performance.now();
    const { code, output } = await capture(file, args);
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    process.stdout.write(
      code === 0 ? `ok      ${name} (${seconds} s)\n` : `FAILED  ${name} (${seconds} s)\n${output}\n`,
    );
    return code;
  }),
);
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
