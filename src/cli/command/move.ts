import { convertMonitoring, type Moved, type MovingTool, movingTool } from '#monitor/contract';
import type { Api } from '../api.ts';
import { readText } from '../document/file.ts';
import { EXIT, type Io, type Outcome } from '../io.ts';
import { columns } from '../text.ts';
import { applyConfigFiles, planText, saying } from './config.ts';
import { isDatabase, readKumaDatabase } from './kuma-database.ts';

const MARKS = { same: '+', changed: '~', left: '!' } as const;

export type MoveOptions = {
  readonly from?: string;
  readonly apply?: boolean;
  readonly yaml?: boolean;
  readonly yes?: boolean;
  readonly set?: string;
  readonly json?: boolean;
};

/** Whether files come from a tool that monitors, not from a pager. */
export async function isMonitoring(io: Io, files: readonly string[], from: string | undefined): Promise<boolean> {
  if (from !== undefined) return movingTool.options.some((one) => one === from);
  const [first = ''] = files;
  if (first === '-') return false;
  if (files.length > 1 || /\.ya?ml$/i.test(first) || (await isDatabase(first))) return true;
  return /^\s*(\[|\{\s*"(version|monitorList|checks|resources|groups)")/.test(
    (await readText(io, first)).slice(0, 10_000),
  );
}

/** What monitors of another tool become here: a report, the file of it, or with --apply the monitors themselves. */
export async function moveMonitors(api: Api, io: Io, paths: readonly string[], options: MoveOptions): Promise<Outcome> {
  const files = await Promise.all(
    paths.map(async (path) =>
      path !== '-' && (await isDatabase(path))
        ? readKumaDatabase(path)
        : { name: path.split(/[\\/]/).at(-1) ?? path, text: await readText(io, path) },
    ),
  );
  const moved = await saying(
    api.call(convertMonitoring, {
      body: {
        files,
        ...(options.from === undefined ? {} : { tool: options.from as MovingTool }),
        ...(options.set === undefined ? {} : { set: options.set }),
      },
    }),
  );
  const exitCode = moved.counts.left > 0 ? EXIT.attention : EXIT.ok;
  const names = Object.keys(moved.variables);
  if (options.yaml === true)
    return {
      text: moved.text.trimEnd(),
      data: moved,
      exitCode,
      ...(names.length === 0 ? {} : { aside: `Its secrets are not in the file. Set: ${names.join(', ')}` }),
    };
  const body = { files: [{ name: 'moved.yaml', text: moved.text }], variables: moved.variables };
  const report = described(moved);
  if (options.apply !== true) {
    const plan = await planText(api, body);
    const end = 'Nothing is made yet. --yaml prints the file, --apply carries it out.';
    return { text: [report, '', plan, end].join('\n'), data: moved, exitCode };
  }
  const done = await applyConfigFiles(api, io, body, { yes: options.yes === true, json: options.json === true });
  return { ...done, text: [report, '', done.text].join('\n'), data: { ...moved, plan: done.data }, exitCode };
}

function described({ counts, items, remarks }: Moved): string {
  const rows = items.flatMap(({ kind, name, outcome, becomes, notes }) => [
    [MARKS[outcome], kind, name, becomes ?? 'stays behind'],
    ...notes.map(({ meaning, text }) => ['', '', '', `${meaning === 'lost' ? 'left behind' : 'different'}: ${text}`]),
  ]);
  return [
    `${counts.same} carry over as they are, ${counts.changed} with a difference, ${counts.left} stay behind.`,
    '',
    columns(rows),
    ...(remarks.length === 0 ? [] : ['', ...remarks.map((remark) => `* ${remark}`)]),
  ].join('\n');
}
