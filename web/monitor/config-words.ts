import type { ConfigChange, ConfigFile, ConfigItem } from '#monitor/contract';
import type { Tone } from '../ui/badge.tsx';
import type { GlyphName } from '../ui/glyph.tsx';

export const SECTION_NAMES: Readonly<Record<ConfigItem['section'], string>> = {
  services: 'Service',
  monitors: 'Monitor',
  slos: 'SLO',
  maintenance: 'Maintenance',
};

type Word = { readonly tone: Tone; readonly glyph: GlyphName; readonly planned: string; readonly applied: string };

/** What becomes of a thing, before the plan is carried out and after. */
export const CONFIG_WORDS: Readonly<Record<ConfigItem['action'], Word>> = {
  add: { tone: 'ok', glyph: 'dot', planned: 'will be made', applied: 'made' },
  change: { tone: 'warn', glyph: 'half', planned: 'will be changed', applied: 'changed' },
  remove: { tone: 'bad', glyph: 'cross', planned: 'will be removed', applied: 'removed' },
  unchanged: { tone: 'neutral', glyph: 'check', planned: 'stays as it is', applied: 'stayed as it was' },
};

/** A value of a plan on one line. */
function valueWords(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function changeWords({ field, from, to, secret }: ConfigChange, action: ConfigItem['action']) {
  if (secret) return { field, from: null, to: action === 'add' ? '(secret)' : '(secret) changed' };
  return { field, from: action === 'add' ? null : valueWords(from), to: valueWords(to) };
}

/** The variables that files ask for by `${NAME}`, in their order. */
export function variablesIn(files: readonly ConfigFile[]): string[] {
  const names = files.flatMap(({ text }) =>
    [...text.matchAll(/\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]{0,99})\}/g)].flatMap(([, name]) => name ?? []),
  );
  return [...new Set(names)];
}
