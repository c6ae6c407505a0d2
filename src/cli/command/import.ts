import { applyImport, createImport, type ImportPlanView, importTool, type ImportTool } from '#respond/contract';
import { formatDuration } from '#kernel/duration.ts';
import type { Api } from '../api.ts';
import { readText } from '../document/file.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count } from '../text.ts';
import { isMonitoring, moveMonitors, type MoveOptions } from './move.ts';

const MARKS = { create: '+', match: '=', present: '=', skip: '!' } as const;

/** An export of a pager, or of a tool that monitors; told by its files. */
export async function importAny(api: Api, io: Io, files: readonly string[], options: MoveOptions): Promise<Outcome> {
  if (await isMonitoring(io, files, options.from)) return moveMonitors(api, io, files, options);
  const [file = '', another] = files;
  if (another !== undefined) throw new CommandError('The export of a pager is one file.');
  const tool = importTool.options.find((one) => one === options.from);
  return importFrom(api, io, file, { ...(tool === undefined ? {} : { from: tool }), apply: options.apply === true });
}

/** Plans an import from another tool, and with --apply carries it out. Exit code 3 when something stays behind or differs. */
async function importFrom(
  api: Api,
  io: Io,
  file: string,
  options: { readonly from?: ImportTool; readonly apply?: boolean },
): Promise<Outcome> {
  const document = await readDocument(io, file);
  const plan = await api.call(createImport, { body: { document, ...(options.from ? { tool: options.from } : {}) } });
  const done = options.apply ? await api.call(applyImport, { params: { id: plan.id } }) : plan;
  const differs = done.schedules.some(({ compared }) => (compared?.differentMinutes ?? 0) > 0);
  return {
    text: describe(done, `${api.url}/settings/import/${done.id}`),
    data: done,
    exitCode: differs || done.counts.skip > 0 ? EXIT.attention : EXIT.ok,
  };
}

async function readDocument(io: Io, file: string): Promise<Record<string, unknown>> {
  const text = await readText(io, file);
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new CommandError(`${file} is not a JSON object. docs/moving-in.md has a script that makes one.`);
}

function describe(plan: ImportPlanView, url: string): string {
  const { counts, state } = plan;
  const rows = plan.items.flatMap((item) => [
    [MARKS[item.action], item.kind, item.name, item.reason ?? ''],
    ...item.notes.map(({ meaning, text }) => [
      '',
      '',
      '',
      `${meaning === 'lost' ? 'left behind' : 'different'}: ${text}`,
    ]),
  ]);
  const schedules = plan.schedules.map(({ name, compared }) => [name, verdict(compared)]);
  return [
    `${count(counts.create, 'thing')} ${state === 'applied' ? 'made' : 'to make'}, ${counts.match + counts.present} here already, ${counts.skip} left behind, ${count(counts.notes, 'note')}.`,
    '',
    columns(rows),
    ...(schedules.length === 0 ? [] : ['', 'Who is on call in the next 14 days:', columns(schedules, '  ')]),
    '',
    ...plan.remarks.map((remark) => `* ${remark}`),
    '',
    state === 'applied' ? url : `Nothing is made yet. Run it again with --apply, or carry it out at ${url}`,
  ].join('\n');
}

function verdict(compared: ImportPlanView['schedules'][number]['compared']): string {
  if (compared === null) return 'not compared: the export does not say';
  if (compared.differentMinutes === 0) return `the same in every one of ${compared.sameMinutes} minutes`;
  return `different for ${formatDuration(compared.differentMinutes * 60)}`;
}
