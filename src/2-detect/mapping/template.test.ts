import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePath, readPath, showPath } from './path.ts';
import { parseTemplate, render } from './template.ts';

const at = (text: string) => {
  const path = parsePath(text);
  if (!path.ok) throw new Error(path.message);
  return path.value;
};
const rendered = (source: string, value: unknown) => {
  const template = parseTemplate(source);
  if (!template.ok) throw new Error(template.message);
  return render(template.value, value);
};

describe('a path', () => {
  it.each([
    ['$', []],
    ['$.alert.name', ['alert', 'name']],
    ['alert.name', ['alert', 'name']],
    ['items[0].x', ['items', 0, 'x']],
    ['$[2]["a.b"]', [2, 'a.b']],
    [" labels['x y'] ", ['labels', 'x y']],
    ['commonLabels.alert name', ['commonLabels', 'alert name']],
  ])('reads %s', (text, steps) => expect(at(text)).toEqual(steps));

  it.each(['a..b', 'a.', '[x]', 'a[', 'a]b', '$x', 'a["b', Array(22).fill('a').join('.')])('refuses %s', (text) => {
    expect(parsePath(text)).toMatchObject({ ok: false });
  });

  it('is read again as it is shown', () => {
    const step = fc.oneof(fc.integer({ min: 0, max: 9_999 }), fc.stringMatching(/^[A-Za-z. _-]{1,12}$/));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        expect(at(showPath(steps))).toEqual(steps);
      }),
    );
  });

  it('finds what is there and nothing that is only inherited', () => {
    const value = JSON.parse('{"a":[{"x":1}],"__proto__":{"own":true},"s":"{\\"in\\":{\\"ner\\":2}}"}') as unknown;
    expect(readPath(value, at('a[0].x'))).toBe(1);
    expect(readPath(value, at('a.0.x'))).toBe(1);
    expect(readPath(value, at('s.in.ner'))).toBe(2);
    expect(readPath(value, at('__proto__.own'))).toBe(true);
    for (const inherited of ['constructor', 'toString', 'a.length', 'a.map', 'constructor.prototype', 'x.__proto__'])
      expect(readPath(value, at(inherited))).toBeUndefined();
    expect(readPath({}, ['__proto__'])).toBeUndefined();
  });

  it('never throws, whatever it is asked of', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.jsonValue(), (text, value) => {
        const path = parsePath(text);
        if (path.ok) readPath(value, path.value);
      }),
    );
  });
});

describe('a template', () => {
  const value = {
    host: 'db1',
    check: 'disk',
    n: 0,
    off: false,
    tags: ['a', 'b'],
    deep: { x: 1 },
    empty: ' ',
    nil: null,
  };

  it.each([
    ['host', 'db1'],
    ['{{host}} {{check}}', 'db1 disk'],
    ['{{ nothing | check }}', 'disk'],
    ['"GitHub"', 'GitHub'],
    ["'a {{host}}'", 'a {{host}}'],
    ['n', '0'],
    ['off', 'false'],
    ['tags', 'a, b'],
    ['deep', '{"x":1}'],
    ['{{host}} at {{nowhere}}', 'db1 at'],
    ['empty', null],
    ['nil', null],
    ['on {{nowhere}} of {{empty}}', null],
  ])('%s becomes %s', (source, text) => expect(rendered(source, value).text).toBe(text));

  it('says what was not there', () => {
    expect(rendered('deep.y.z', value).missing).toEqual(['there is no $.deep.y']);
    expect(rendered('{{a | b.c}}', value).missing).toEqual(['there is none of $.a, $.b.c']);
    expect(rendered('empty', value).missing).toEqual(['$.empty is empty']);
  });

  it.each(['{{host', '{{}}', '{{a||b}}', 'host}}', '{{a{{b}}}}'])('refuses %s', (source) => {
    expect(parseTemplate(source)).toMatchObject({ ok: false });
  });

  it('never throws, and never makes an empty text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.jsonValue(), (source, payload) => {
        const template = parseTemplate(source);
        if (template.ok) expect(render(template.value, payload).text).not.toBe('');
      }),
    );
  });
});
