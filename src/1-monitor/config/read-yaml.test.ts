import { describe, expect, it } from 'vitest';
import { readYaml } from './read-yaml.ts';

const faultsOf = (text: string, variables = {}) =>
  readYaml(text, variables).faults.map(({ line, path, message }) => `${line} ${path.join('.')}: ${message}`);

describe('values and where they stand', () => {
  it('knows the line of each value, and of what is around one that is not there', () => {
    const { value, lineOf } = readYaml('a: 1\nb:\n  - c: x\n    d: y\n  - z\n', {});
    expect(value).toEqual({ a: 1, b: [{ c: 'x', d: 'y' }, 'z'] });
    expect([['a'], ['b', '0', 'd'], ['b', '1'], ['b', '0', 'nothing'], ['q']].map(lineOf)).toEqual([1, 4, 5, 3, 1]);
  });

  it('fills in aliases and merged maps; what is written beside them holds', () => {
    const text =
      'base: &base {timeoutSeconds: 5, tags: [a]}\none:\n  <<: *base\n  timeoutSeconds: 9\ntwo: {<<: [{x: 1}, {x: 2, y: 3}]}\n';
    expect(readYaml(text, {})).toMatchObject({
      faults: [],
      value: { one: { timeoutSeconds: 9, tags: ['a'] }, two: { x: 1, y: 3 } },
    });
  });

  it('takes dates, times and yes as texts, and JSON as well', () => {
    expect(readYaml('{"at": "x", "n": null}', {}).value).toEqual({ at: 'x', n: null });
    expect(readYaml('a: 2026-11-23\nb: 22:30\nc: yes', {}).value).toEqual({ a: '2026-11-23', b: '22:30', c: 'yes' });
  });
});

describe('variables', () => {
  it('that are long and named often end the reading, also by aliases', () => {
    const long = { V: 'x'.repeat(90_000) };
    const often = `a: &a ["${'${V}'.repeat(40)}"]\nb: [${'*a, '.repeat(9)}*a]\n`;
    expect(faultsOf(often, long)).toEqual([expect.stringContaining('is too large once its variables are filled in')]);
    expect(faultsOf(`a: "${'${V}'.repeat(40)}"`, long)).toEqual([]);
  });

  it('are filled into texts after they were read, and never become structure', () => {
    const variables = { TOKEN: 'a: [b\n"' };
    expect(readYaml('x: Bearer ${TOKEN}\ny: $${TOKEN}', variables)).toMatchObject({
      faults: [],
      value: { x: 'Bearer a: [b\n"', y: '${TOKEN}' },
    });
  });

  it('that have no value are faults with their line, those of every object as well', () => {
    expect(faultsOf('a: 1\nb: ${NOTHING}\nc: ${constructor}')).toEqual([
      '2 b: ${NOTHING} has no value; write $${ for a plain ${',
      '3 c: ${constructor} has no value; write $${ for a plain ${',
    ]);
  });
});

describe('hostile texts', () => {
  it.each([
    ['a: 1\na: 2', ['2 a: is there twice; a key may be named once']],
    ['a: &a [*a]', ['1 a.0: *a stands inside of what it names']],
    ['a: *b', ['1 a: there is no &b before it']],
    ['? [x]\n: y', ['1 : has a key that is no text']],
    ['a:\n  <<: 7', ['2 a: << takes a map, or a list of maps']],
    ['__proto__: {polluted: true}', ['1 __proto__: is there twice; a key may be named once']],
  ])('%j is refused by its line', (text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    .concat([...'bcdefghij'].map((name, i) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[i]}`).join(', ')}]`))
    .join('\n');
  it.each([
    ['an alias bomb', bomb, 'too large once its aliases are filled in'],
    ['a million brackets', '['.repeat(1_000_000), 'too large'],
    ['deep brackets', '['.repeat(20_000), 'nested too deeply'],
    ['deep dashes', '- '.repeat(50_000), 'nested too deeply'],
    ['depth that parses', `${'{a: '.repeat(60)}x${'}'.repeat(60)}`, 'nested too deeply'],
    ['no YAML', 'a: b: c: [', 'is not YAML here'],
  ])('%s ends soon, with a fault', (_, text, words) => {
    // Without limits the bomb has ten thousand million values, and the brackets take minutes.
    expect(faultsOf(text)[0]).toContain(words);
  });
});
