import { stringify } from 'yaml';
import type { Ctx } from '#platform/ctx.ts';
import { CONFIG_SECTIONS } from './contract.ts';
import { DEFAULT_SET, type Fields } from './entry.ts';
import { readHereNow } from './here.ts';
import { labelAll } from './label.ts';
import { isPlainMap } from './read-yaml.ts';
import { withoutDefaults } from './section.ts';
import { sectionOf } from './sections.ts';

/** What is here as a file of a set that plans as no change; what another set manages and what is over is left out. */
export async function exportConfig(ctx: Ctx, set: string): Promise<string> {
  const here = await readHereNow(ctx);
  const labelled = labelAll(here, set);
  const labels = new Map(labelled.map(({ thing, label }) => [thing.id, label]));
  const labelOf = (id: string) => labels.get(id) ?? id;
  const document: Record<string, unknown> = set === DEFAULT_SET ? {} : { set };
  for (const section of CONFIG_SECTIONS) {
    const own = labelled
      .filter((one) => one.section === section && !one.thing.over && (one.set === null || one.set === set))
      .toSorted((a, b) => (a.label < b.label ? -1 : 1));
    if (own.length === 0) continue;
    document[section] = Object.fromEntries(
      own.map(({ thing, label }) => [
        label,
        plain(withoutDefaults(sectionOf[section], label, withoutNothing(thing.state({ here, labelOf })))),
      ]),
    );
  }
  const others = [...new Set(labelled.flatMap((one) => (one.set === null || one.set === set ? [] : [one.set])))];
  return [
    '# Services, monitors, SLOs and maintenance of Allclear. Show what it would change with: allclear plan FILE',
    '# A secret reads [secret], which keeps what is stored.',
    ...(others.length === 0 ? [] : [`# Left out is what these sets manage: ${others.toSorted().join(', ')}.`]),
    stringify(document, { lineWidth: 120, aliasDuplicateObjects: false }),
  ].join('\n');
}

/** A field that holds nothing need not be said; of an option nothing may be another thing than its default. */
function withoutNothing(state: Fields): Fields {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => value !== null));
}

/** A plain `${` is no variable. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('${', () => '$${');
  if (Array.isArray(value)) return value.map(plain);
  return isPlainMap(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)])) : value;
}
