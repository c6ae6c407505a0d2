import {
  applyConfig,
  type ConfigChange,
  type ConfigFile,
  type ConfigItem,
  type ConfigPlan,
  type ConfigSection,
  exportConfig,
  planConfig,
} from '#monitor/contract';
import { ApiProblem } from '#client';
import type { Api } from '../api.ts';
import { readConfigFiles, variablesOf } from '../document/config-files.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { count, harmless, shortened } from '../text.ts';

const NOUNS: Readonly<Record<ConfigSection, string>> = {
  services: 'service',
  monitors: 'monitor',
  slos: 'SLO',
  maintenance: 'maintenance',
};
const MARKS = { add: '+', change: '~', remove: '-', unchanged: '=' } as const;
const PAINT: Readonly<Record<string, string>> = { '+': '32', '~': '33', '-': '31' };

/** What files would change; changes nothing. Exit code 3 when they would. */
export async function planFiles(api: Api, io: Io, paths: readonly string[]): Promise<Outcome> {
  const files = await readConfigFiles(io, paths);
  const plan = await saying(api.call(planConfig, { body: { files, variables: variablesOf(io, files) } }));
  return outcomeOf(io, plan, isNothing(plan) ? EXIT.ok : EXIT.attention, 'Nothing is changed yet: this is a plan.');
}

/** Makes of it what the files say; asks before anything is removed, or wants `yes`. */
export async function applyFiles(
  api: Api,
  io: Io,
  paths: readonly string[],
  options: { readonly yes?: boolean; readonly json?: boolean },
): Promise<Outcome> {
  const files = await readConfigFiles(io, paths);
  return applyConfigFiles(api, io, { files, variables: variablesOf(io, files) }, options);
}

type Body = { readonly files: readonly ConfigFile[]; readonly variables: Readonly<Record<string, string>> };

/** What files would change, in lines. */
export async function planText(api: Api, { files, variables }: Body): Promise<string> {
  const body = { files: [...files], variables: { ...variables } };
  const { counts } = await saying(api.call(planConfig, { body }));
  return `As a plan: ${counts.add} to add, ${counts.change} to change, ${counts.remove} to remove, ${counts.unchanged} unchanged.`;
}

export async function applyConfigFiles(
  api: Api,
  io: Io,
  { files, variables }: Body,
  options: { readonly yes?: boolean; readonly json?: boolean },
): Promise<Outcome> {
  const body = { files: [...files], variables: { ...variables } };
  const plan = await saying(api.call(planConfig, { body }));
  if (plan.counts.remove > 0 && options.yes !== true) await consent(io, plan, options.json === true);
  const done = await saying(api.call(applyConfig, { body: { ...body, fingerprint: plan.fingerprint } }));
  return outcomeOf(io, done, EXIT.ok, isNothing(plan) ? '' : 'Done, all of it.');
}

/** What is here as a file, for people to keep and change. */
export async function exportFile(api: Api, options: { readonly set?: string }): Promise<Outcome> {
  const { text } = await api.call(exportConfig, { query: options.set === undefined ? {} : { set: options.set } });
  return { text: text.trimEnd(), data: { text } };
}

async function consent(io: Io, plan: ConfigPlan, json: boolean): Promise<void> {
  const gone = plan.items
    .filter(({ action }) => action === 'remove')
    .map(({ section, key }) => `${NOUNS[section]} ${key}`);
  if (io.ask === undefined || json)
    throw new CommandError(
      `${count(gone.length, 'thing')} would be removed: ${shortened(gone.join(', '), 300)}. Nothing is changed. Look at the plan, and say --yes.`,
    );
  io.out(`${painted(io, harmless(described(plan)))}\n\n`);
  const answer = await io.ask(`Remove ${count(gone.length, 'thing')} and carry out the rest? Type yes: `);
  if (answer.trim().toLowerCase() !== 'yes') throw new CommandError('Nothing is changed.');
}

/** Every fault of the files is a line. */
export async function saying<Result>(asked: Promise<Result>): Promise<Result> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.errors.length === 0) throw error;
    const lines = error.errors.map(({ path, message }) => `${path.replace(/^body\./, '')}: ${message}`);
    throw new CommandError([`${count(lines.length, 'fault')}; nothing is changed.`, ...lines].join('\n  '));
  }
}

const isNothing = ({ counts }: ConfigPlan) => counts.add + counts.change + counts.remove === 0;

function outcomeOf(io: Io, plan: ConfigPlan, exitCode: number, end: string): Outcome {
  const text = described(plan);
  return {
    text: end === '' || isNothing(plan) ? text : `${text}\n${end}`,
    data: plan,
    exitCode,
    paint: (one) => painted(io, one),
  };
}

function described({ counts, items, set }: ConfigPlan): string {
  const changed = items.filter(({ action }) => action !== 'unchanged');
  const adopted = items.filter((item) => item.adopted).map(({ section, key }) => `${NOUNS[section]} ${key}`);
  const whose = set === 'default' ? 'these files' : `the set ${set}`;
  return [
    ...changed.flatMap((item) => [headOf(item), ...item.changes.map((change) => `    ${changeText(item, change)}`)]),
    ...(changed.length > 0 ? [''] : []),
    ...(adopted.length > 0
      ? [`Made elsewhere, and managed by ${whose} once they are applied: ${shortened(adopted.join(', '), 1_000)}.`]
      : []),
    changed.length === 0
      ? `No changes: ${count(counts.unchanged, 'thing')} as the files say.`
      : `${counts.add} to add, ${counts.change} to change, ${counts.remove} to remove, ${counts.unchanged} unchanged.`,
  ].join('\n');
}

function headOf({ action, section, key, name, file, line }: ConfigItem): string {
  const called = name === key ? '' : `  ${shortened(name, 60)}`;
  const where = file === null ? '' : `  (${file}:${line})`;
  return `${MARKS[action]} ${NOUNS[section]} ${key}${called}${where}`;
}

function changeText({ action }: ConfigItem, { field, from, to, secret }: ConfigChange): string {
  if (secret) return action === 'add' ? `${field}: (secret)` : `${field}: (secret) changed`;
  return action === 'add' ? `${field}: ${valueText(to)}` : `${field}: ${valueText(from)} → ${valueText(to)}`;
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return shortened(typeof value === 'string' ? value : JSON.stringify(value), 200);
}

/** Colours, where somebody looks. */
function painted({ colours }: Io, text: string): string {
  if (colours !== true) return text;
  return text.replaceAll(/^([+~-]) .*$/gm, (line, mark: string) => `\u001b[${PAINT[mark]}m${line}\u001b[0m`);
}
