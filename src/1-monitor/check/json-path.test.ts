import { describe, expect, it } from 'vitest';
import { parseJsonPath } from './json-path-syntax.ts';
import { selectJson } from './json-path.ts';

const shop = {
  status: 'ok',
  'odd name': 1,
  items: [
    { id: 7, name: 'cup', price: 8.5, tags: ['new'] },
    { id: 8, name: 'plate', price: 12, sold: true, nested: { id: 9 } },
    { id: 10, name: 'fork', price: 3, sold: false },
  ],
};

const select = (path: string, root: unknown = shop): unknown => {
  const found = selectJson(path, root);
  return found.ok ? found.values : found.fault;
};

describe('a path', () => {
  it.each([
    ['$', [shop]],
    ['$.status', ['ok']],
    ['status', ['ok']],
    ['items[0].id', [7]],
    ["$['odd name']", [1]],
    ['$["items"][0]["id"]', [7]],
    ['$.items[-1].name', ['fork']],
    ['$.items[9].name', []],
    ['$.items[0,2].id', [7, 10]],
    ['$.items[1:].id', [8, 10]],
    ['$.items[:1].id', [7]],
    ['$.items[::-1].id', [10, 8, 7]],
    ['$.items[*].id', [7, 8, 10]],
    ['$.items.*.id', [7, 8, 10]],
    ['$..id', [7, 8, 9, 10]],
    ['$..tags[0]', ['new']],
    ['$.toString', []],
    ['$.items.length', []],
    ['$.items[?(@.price < 10)].id', [7, 10]],
    ['$.items[?@.price<10 && @.name != "cup"].id', [10]],
    ["$.items[?(@.name == 'cup' || @.name == 'fork')].id", [7, 10]],
    ['$.items[?@.sold].id', [8, 10]],
    ['$.items[?!@.sold].id', [7]],
    ['$.items[?@.sold == true].id', [8]],
    ['$.items[?@.sold == null].id', []],
    ['$.items[?@.missing == @.other].id', [7, 8, 10]],
    ['$.items[?length(@.name) >= 5].id', [8]],
    ['$.items[?count(@.tags[*]) == 1].id', [7]],
    ['$.items[?@.nested.id == 9].id', [8]],
    ['$.items[?$.status == "ok"].id', [7, 8, 10]],
    ["$['o\\u0064d name']", [1]],
  ])('%s', (path, values) => {
    expect(select(path)).toEqual(values);
  });

  it.each([
    ['', 'is empty'],
    ['$.', 'names no member'],
    ['$.items[0', 'no end of its bracket'],
    ['$.items[(@.length-1)]', 'holds a script'],
    ['$.items.length()', 'calls length()'],
    ['$.items[?@.id = 7]', 'write =='],
    ['$.items[?@.name == cup]', 'texts stand in quotes'],
    ['$.items[?@..id == 7]', 'several values'],
    ['$.items[?match(@.name, "c.*")]', 'knows no “match”'],
    ["$['x", 'no end of its quotes'],
    ['$.a b', 'something after its end'],
    [`$[?${'('.repeat(100)}`, 'nested too deeply'],
    [`$${'.a'.repeat(300)}`, 'longer than 512'],
  ])('%s is refused in words', (path, words) => {
    const parsed = parseJsonPath(path);
    expect(parsed.ok ? '' : parsed.fault).toContain(words);
  });

  it('counts characters, not halves of them', () => {
    expect(select('$[?length(@) == 2]', ['a\u{1f600}', '\u{1f600}', 'ab', '\ud83d\ud83d'])).toEqual([
      'a\u{1f600}',
      'ab',
      '\ud83d\ud83d',
    ]);
  });

  it.each([
    ['everything below everything', '$..[?$..x]', Array.from({ length: 3_000 }, () => ({ x: [1] }))],
    ['a million values', '$..x', Array.from({ length: 1_000_000 }, () => 1)],
    [
      'a comparison of all with all',
      '$.a[?$.b == $.c]',
      { a: Array.from({ length: 9_000 }, () => 1), b: list(9_000), c: list(9_000) },
    ],
    ['lengths of a long text', '$.a[?length($.b) > 1]', { a: list(9_000), b: 'x'.repeat(1_000_000) }],
    ['deeper than any stack', '$..x', JSON.parse(`${'['.repeat(300_000)}${']'.repeat(300_000)}`)],
  ])('that looks at %s is given up', (_, path, root) => {
    expect(select(path, root)).toContain('looks at more than 200000 values');
  });
});

function list(length: number): number[] {
  return Array.from({ length }, (_, at) => at);
}
