import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '#detect/contract';
import { bookOf } from '../book.ts';
import { conditionText, parseCondition } from './condition.ts';

const book = bookOf([
  { noun: 'service', id: 'svc_1', title: 'Web shop', names: ['shop', 'Web shop'] },
  { noun: 'source', id: 'src_1', title: 'Old, tired', names: ['Old, tired'] },
]);

describe('conditions in one line', () => {
  it.each<[string, Condition]>([
    ['severity=critical,error', { field: 'severity', op: 'is', values: ['critical', 'error'] }],
    ['severity!=info', { field: 'severity', op: 'is-not', values: ['info'] }],
    ['origin=monitor', { field: 'origin', op: 'is', values: ['monitor'] }],
    ['service=shop', { field: 'service', op: 'is', values: ['svc_1'] }],
    ['!service', { field: 'service', op: 'absent', values: [] }],
    ['source=Old\\, tired', { field: 'source', op: 'is', values: ['src_1'] }],
    ['title~disk full', { field: 'title', op: 'contains', values: ['disk full'] }],
    ['title!~test', { field: 'title', op: 'contains-not', values: ['test'] }],
    ['title=web-*', { field: 'title', op: 'like', values: ['web-*'] }],
    ['title=5 \\* 5', { field: 'title', op: 'is', values: ['5 * 5'] }],
    ['label.env=staging', { field: 'label', name: 'env', op: 'is', values: ['staging'] }],
    ['label.env', { field: 'label', name: 'env', op: 'exists', values: [] }],
    ['label."a \\"b\\"=c"!=d', { field: 'label', name: 'a "b"=c', op: 'is-not', values: ['d'] }],
    ['time=mon-fri 09:00-17:00', { field: 'time', op: 'within', days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }],
    ['time!=sat,sun 00:00-12:00', { field: 'time', op: 'outside', days: [6, 7], from: '00:00', to: '12:00' }],
    [
      'time=daily 22:00-06:00',
      { field: 'time', op: 'within', days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00' },
    ],
  ])('reads and writes %s', (text, condition) => {
    expect(parseCondition(text, book)).toEqual(condition);
    expect(conditionText(condition, book)).toBe(text);
  });

  it('reads what people write otherwise', () => {
    expect(parseCondition(' severity = critical , error ', book)).toMatchObject({ values: ['critical', 'error'] });
    expect(parseCondition('service=WEB SHOP', book)).toMatchObject({ values: ['svc_1'] });
    expect(parseCondition('time=fri-mon 09:00-17:00', book)).toMatchObject({ days: [1, 5, 6, 7] });
  });

  it.each([
    ['severity=grave', 'severity is one of critical'],
    ['colour=red', 'expected severity, origin'],
    ['service=nothing', 'There is no service nothing'],
    ['service~shop', 'compared with = or !='],
    ['title!=web-*', 'do not go together'],
    ['title=', 'compares with nothing'],
    ['time=someday 09:00-10:00', 'days and hours'],
    ['time=mon 9-10', 'days and hours'],
    ['!severity', 'severity is one of'],
    ['', 'expected something like'],
    ['!label.env=x', 'expected severity'],
  ])('refuses %j: %s', (text, why) => {
    expect(() => parseCondition(text, book)).toThrow(why);
  });

  it('reads back whatever it has written', () => {
    const words = fc
      .string({ minLength: 1, maxLength: 12 })
      .filter((text) => text.trim() === text && !/[\r\n]/.test(text));
    const written = fc.record({
      field: fc.constant('label' as const),
      name: words,
      op: fc.constantFrom('is' as const, 'is-not' as const, 'contains' as const, 'contains-not' as const),
      values: fc.array(words, { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(written, (condition) => {
        expect(parseCondition(conditionText(condition, book), book)).toEqual(condition);
      }),
    );
  });
});
