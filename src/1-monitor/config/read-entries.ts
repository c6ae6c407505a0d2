import { CONFIG_SECTIONS, type ConfigFiles, configSet } from './contract.ts';
import { DEFAULT_SET, type Entry } from './entry.ts';
import type { Faults } from './faults.ts';
import { isPlainMap, readYaml } from './read-yaml.ts';

const KEY = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/;
const MOST_ENTRIES = 3_000;
const MOST_CHARACTERS = 1_500_000;

/** All entries of some files; what is wrong with their outer shape goes to `faults`. */
export function readEntries(
  { files, variables }: ConfigFiles,
  faults: Faults,
): { readonly set: string; readonly entries: readonly Entry[] } {
  const sets = new Map<string, string>();
  const entries: Entry[] = [];
  if (files.reduce((sum, { text }) => sum + text.length, 0) > MOST_CHARACTERS) {
    faults.addAt(files[0]?.name ?? '', 1, [], `the files have more than ${MOST_CHARACTERS} characters together`);
    return { set: DEFAULT_SET, entries };
  }
  const known = new Map<string, Entry>();
  for (const { name: file, text } of files) {
    const { value, faults: found, lineOf } = readYaml(text, variables);
    for (const { line, path, message } of found) faults.addAt(file, line, path, message);
    if (value === null || found.length > 0) continue;
    if (!isPlainMap(value)) {
      faults.addAt(file, 1, [], `has to be a map of ${CONFIG_SECTIONS.join(', ')}`);
      continue;
    }
    for (const [part, content] of Object.entries(value)) {
      const section = CONFIG_SECTIONS.find((one) => one === part);
      if (part === 'set') {
        const parsed = configSet.safeParse(content);
        if (parsed.success) sets.set(parsed.data, file);
        else faults.addAt(file, lineOf([part]), [part], parsed.error.issues[0]?.message ?? 'is no name of a set');
      } else if (section === undefined) {
        faults.addAt(file, lineOf([part]), [part], `is none of set, ${CONFIG_SECTIONS.join(', ')}`);
      } else if (content !== null && !isPlainMap(content)) {
        faults.addAt(file, lineOf([part]), [part], 'has to be a map: a key of your own, and below it the fields');
      } else {
        for (const [key, one] of Object.entries(content ?? {})) {
          const at = lineOf([part, key]);
          const refuse = (message: string) => faults.addAt(file, at, [part, key], message);
          const before = known.get(`${section} ${key}`);
          if (!KEY.test(key)) refuse('is no key: letters, digits, dots, dashes and underscores, at most 100');
          else if (before) refuse(`is in ${before.file}:${before.lineOf([])} already`);
          else if (one !== null && !isPlainMap(one)) refuse('has to be a map of fields');
          else {
            const value = one ?? {};
            const entry: Entry = { section, key, file, value, lineOf: (path) => lineOf([part, key, ...path]) };
            known.set(`${section} ${key}`, entry);
            entries.push(entry);
          }
        }
      }
    }
  }
  const [first, second] = [...sets];
  if (second)
    faults.addAt(
      second[1],
      1,
      ['set'],
      `is ${second[0]}, and ${first?.[1]} says ${first?.[0]}; files of two sets are applied one after the other`,
    );
  if (entries.length > MOST_ENTRIES) {
    faults.addAt(
      entries[0]?.file ?? '',
      1,
      [],
      `there are more than ${MOST_ENTRIES} entries; divide them into several sets`,
    );
    return { set: DEFAULT_SET, entries: [] };
  }
  return { set: first?.[0] ?? DEFAULT_SET, entries };
}
