import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertOrigin, signalSeverity } from '../alert/contract.ts';
import { compile, isLike, type Subject } from './condition.ts';
import type { Condition } from './condition-contract.ts';
import { excludes, implies, isAlways, isNever } from './reach.ts';
import { compileRouting, faultsOf, FIRST_DOCUMENT, routeFor } from './route.ts';
import { sentenceOf } from './words.ts';
import { minuteOfWeek, minutesOf } from './week.ts';

const word = fc.constantFrom('db', 'DB1', 'web', 'payments-db', 'a', '');
const words = fc.array(word.filter(Boolean), { minLength: 1, maxLength: 3 });
const text = {
  op: fc.constantFrom('is', 'is-not', 'contains', 'contains-not', 'like', 'exists', 'absent'),
  values: fc.array(fc.constantFrom('db', 'DB1', 'web', 'payments-db', 'a', '*db', 'p*', '*'), {
    minLength: 1,
    maxLength: 3,
  }),
} as const;
const time = fc.constantFrom('00:00', '08:30', '09:00', '17:00', '22:00', '23:59');

const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: fc.constant('severity' as const),
    op: fc.constantFrom('is', 'is-not'),
    values: fc.uniqueArray(fc.constantFrom(...signalSeverity.options), { minLength: 1 }),
  }),
  fc.record({
    field: fc.constant('origin' as const),
    op: fc.constantFrom('is', 'is-not'),
    values: fc.uniqueArray(fc.constantFrom(...alertOrigin.options), { minLength: 1 }),
  }),
  fc.record({
    field: fc.constant('service' as const),
    op: fc.constantFrom('is', 'is-not', 'exists', 'absent'),
    values: fc.uniqueArray(fc.constantFrom('svc_a', 'svc_b', 'svc_c'), { minLength: 1 }),
  }),
  fc.record({ field: fc.constant('title' as const), ...text }),
  fc.record({ field: fc.constant('label' as const), name: fc.constantFrom('team', 'host'), ...text }),
  fc.record({
    field: fc.constant('time' as const),
    op: fc.constantFrom('within', 'outside'),
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    from: time,
    to: time,
  }),
);

const anySubject: fc.Arbitrary<Subject> = fc.record({
  title: fc.oneof(
    word,
    words.map((all) => all.join(' ')),
  ),
  severity: fc.constantFrom(...signalSeverity.options),
  origin: fc.constantFrom(...alertOrigin.options),
  alertSourceId: fc.constantFrom(null, 'src_a'),
  serviceId: fc.constantFrom(null, 'svc_a', 'svc_b', 'svc_c', 'svc_d'),
  labels: fc.dictionary(fc.constantFrom('team', 'host'), word),
  minute: fc.integer({ min: 0, max: 10_079 }),
});

describe('what is said about two conditions is so for every alert', () => {
  it('when one implies the other', () => {
    fc.assert(
      fc.property(anyCondition, anyCondition, anySubject, (a, b, subject) => {
        if (implies(a, b) && compile(a)(subject)) expect(compile(b)(subject)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('when they exclude each other', () => {
    fc.assert(
      fc.property(anyCondition, anyCondition, anySubject, (a, b, subject) => {
        if (excludes(a, b)) expect(compile(a)(subject) && compile(b)(subject)).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });

  it('when one is always or never fulfilled', () => {
    fc.assert(
      fc.property(anyCondition, anySubject, (one, subject) => {
        if (isAlways(one)) expect(compile(one)(subject)).toBe(true);
        if (isNever(one)) expect(compile(one)(subject)).toBe(false);
      }),
    );
  });

  it('and every condition implies itself', () => {
    fc.assert(fc.property(anyCondition, (one) => void expect(implies(one, one)).toBe(true)));
  });
});

const outcome = {
  serviceId: null,
  urgency: null,
  policyId: null,
  suppress: false,
  holdSeconds: null,
  group: null,
  declare: null,
};
const route = (name: string, match: Condition[], enabled = true) => ({
  id: `rte_${name}`,
  name,
  enabled,
  match,
  outcome,
});
const severity = (...values: ('critical' | 'error' | 'warning' | 'info')[]): Condition => ({
  field: 'severity',
  op: 'is',
  values,
});
const label = (name: string, op: 'is' | 'exists' | 'absent' | 'contains', ...values: string[]): Condition => ({
  field: 'label',
  name,
  op,
  values,
});

describe('a route that can never match', () => {
  it.each([
    [
      'is below one that takes everything',
      [route('all', []), route('db', [label('team', 'is', 'db')])],
      1,
      '“all” above it takes everything',
    ],
    [
      'asks for less than one above it',
      [
        route('grave', [severity('critical', 'error')]),
        route('worst', [severity('critical'), label('team', 'is', 'db')]),
      ],
      1,
      'Move it up, or narrow “grave”.',
    ],
    [
      'wants two values at once',
      [route('both', [severity('critical'), severity('info')])],
      0,
      '“severity is critical” and “severity is info” exclude each other',
    ],
    [
      'wants a label that shall not be there',
      [route('odd', [label('team', 'absent'), label('team', 'contains', 'db')])],
      0,
      'exclude each other',
    ],
    [
      'is below one that names all severities',
      [route('four', [severity('critical', 'error', 'warning', 'info')]), route('late', [])],
      1,
      'can never match',
    ],
  ])('%s', (_, routes, index, message) => {
    const faults = faultsOf(routes);
    expect(faults.map((fault) => fault.index)).toEqual([index]);
    expect(faults[0]?.message).toContain(message);
  });

  it('is no fault while the one above it, or it itself, is off', () => {
    expect(faultsOf([route('all', [], false), route('db', [label('team', 'is', 'db')])])).toEqual([]);
    expect(faultsOf([route('all', []), route('db', [label('team', 'is', 'db')], false)])).toEqual([]);
  });

  it('is not said of one that asks for more than those above it', () => {
    expect(
      faultsOf([route('db', [label('team', 'is', 'db')]), route('grave', [severity('critical')]), route('all', [])]),
    ).toEqual([]);
  });
});

it('takes the first route that matches', () => {
  const subject: Subject = {
    title: 'Disk',
    severity: 'critical',
    origin: 'intake',
    alertSourceId: null,
    serviceId: null,
    labels: { team: 'DB' },
    minute: 0,
  };
  const compiled = compileRouting({
    ...FIRST_DOCUMENT,
    routes: [route('info', [severity('info')]), route('db', [label('team', 'is', 'db')]), route('all', [])],
  });
  expect(routeFor(compiled, subject)?.name).toBe('db');
  expect(routeFor(compiled, { ...subject, labels: {} })?.name).toBe('all');
});

describe('patterns', () => {
  it.each([
    ['db-1', 'db-*', true],
    ['db-1', '*-1', true],
    ['db-1', '*', true],
    ['aa', 'a*a', true],
    ['a', 'a*a', false],
    ['payments-db-eu', 'p*db*eu', true],
    ['payments-db-eu', 'p*eu*db', false],
  ])('%s like %s is %s', (one, pattern, fits) => expect(isLike(one, pattern)).toBe(fits));

  it('take no longer for text that was made to make them slow', () => {
    const began = performance.now();
    expect(isLike('a'.repeat(20_000), `${'a*'.repeat(200)}b`)).toBe(false);
    expect(performance.now() - began).toBeLessThan(200);
  });
});

describe('time', () => {
  const night = minutesOf({ days: [7], from: '22:00', to: '06:00' });
  it.each([
    ['Sunday 23:00', '2026-11-29T23:00:00Z', true],
    ['Monday 05:59, which is still Sunday’s night', '2026-11-30T05:59:00Z', true],
    ['Monday 06:00', '2026-11-30T06:00:00Z', false],
    ['Monday 23:00', '2026-11-30T23:00:00Z', false],
  ])('%s', (_, at, within) => expect(night[minuteOfWeek(new Date(at), 'UTC')]).toBe(within));

  it('is read on the wall of the workspace', () => {
    expect(minuteOfWeek(new Date('2026-11-29T23:30:00Z'), 'Europe/Berlin')).toBe(30);
  });
});

it('says conditions in words', () => {
  expect(sentenceOf(label('team', 'is', 'db', 'web'))).toBe('label team is db or web');
  expect(sentenceOf({ field: 'time', op: 'outside', days: [1, 2], from: '09:00', to: '17:00' })).toBe(
    'time is outside Monday, Tuesday 09:00–17:00',
  );
});
