import { describe, expect, it } from 'vitest';
import { chooseWay, nameInWords, rootsOf, type Way, wayOf, whyWords } from './fold.ts';

const way = (by: Way['by'], rows: number, without = 0): Way => ({ by, rows, without });
const ways = (dependency: Way, host: Way, address: Way, time: Way) => [dependency, host, address, time];
const nothing = (by: Way['by'], count: number) => way(by, 0, count);

describe('a list is folded by', () => {
  it.each([
    [
      'what most alerts lean on, when that leaves the fewest rows',
      'dependency',
      ways(way('dependency', 2), way('host', 40), way('address', 40), way('time', 3)),
    ],
    [
      'host, when services are many',
      'host',
      ways(way('dependency', 90), way('host', 4, 2), way('address', 12), way('time', 1)),
    ],
    [
      'address, when nothing else is known',
      'address',
      ways(nothing('dependency', 100), nothing('host', 100), way('address', 3), way('time', 1)),
    ],
    [
      'time, only when nothing halves the list',
      'time',
      ways(way('dependency', 60), way('host', 80), nothing('address', 100), way('time', 3)),
    ],
    [
      'what halves it just so, rather than by time',
      'dependency',
      ways(way('dependency', 50), way('host', 80), nothing('address', 100), way('time', 3)),
    ],
    [
      'dependency, when ways are equal',
      'dependency',
      ways(way('dependency', 5), way('host', 5), way('address', 5), way('time', 5)),
    ],
    [
      'what leaves the fewest lines, those without a key counted one by one',
      'host',
      ways(way('dependency', 1, 40), way('host', 12), way('address', 30), way('time', 1)),
    ],
  ])('%s', (_, by, given) => expect(chooseWay(given, 100)).toBe(by));

  it('anything at all when there is nothing in it', () => {
    const none = ways(way('dependency', 0), way('host', 0), way('address', 0), way('time', 0));
    expect(chooseWay(none, 0)).toBe('dependency');
    expect(whyWords(none, 'dependency', 0)).toBe('There is no alert.');
  });

  it('and says why', () => {
    const given = ways(way('dependency', 2, 3), way('host', 1), way('address', 40), way('time', 3));
    expect(whyWords(given, 'dependency', 500)).toBe(
      'By dependency: 2 rows hold 497 of 500 alerts, 3 have no service. Otherwise it would be 1 line by host, 40 by address, 3 by minute.',
    );
    expect(whyWords(given, 'host', 500)).toMatch(/^By host: 1 row holds all 500 alerts\. Otherwise/);
    expect(whyWords([way('time', 1)], 'time', 1)).toBe('By minute: 1 row holds the one alert.');
  });
});

it.each([
  ['db-1', 'db-1'],
  ['db-1\nAcknowledge: http://127.0.0.1/', 'db-1 Acknowledge: http://127.0.0.1/'],
  ['a\u0000\u0007b', 'a b'],
  ['x'.repeat(61), `${'x'.repeat(59)}…`],
  ['😀'.repeat(60), '😀'.repeat(60)],
])('a host called %j stands in a sentence as %j', (name, words) => expect(nameInWords(name)).toBe(words));

describe('what explains the alerts of a service', () => {
  const needs = (serviceId: string, dependsOnId: string) => ({ serviceId, dependsOnId });
  const of = (serviceId: string, count: number, isDown = false) => ({ serviceId, count, isDown });
  const found = (...given: Parameters<typeof rootsOf>) => Object.fromEntries(rootsOf(...given));

  it('is the last thing that is down in a chain, whether its own alert is in the list or not', () => {
    const chain = [needs('shop', 'api'), needs('api', 'database')];
    const affected = [of('shop', 5), of('api', 3, true)];
    expect(found(affected, chain, new Set(['database']))).toEqual({ shop: 'database', api: 'database' });
    expect(found(affected, chain, new Set())).toEqual({ shop: 'api' });
    expect(found([...affected, of('database', 1, true)], chain, new Set())).toEqual({
      shop: 'database',
      api: 'database',
    });
  });

  it('is of several things the one that most alerts lean on', () => {
    const two = [needs('shop', 'mail'), needs('shop', 'database'), needs('search', 'database')];
    const affected = [of('shop', 1), of('search', 9)];
    expect(found(affected, two, new Set(['mail', 'database']))).toEqual({ shop: 'database', search: 'database' });
  });

  it('is nothing where nothing is down, and is found in a circle too', () => {
    expect(found([of('shop', 1, true)], [needs('shop', 'database')], new Set())).toEqual({});
    const circle = [needs('a', 'b'), needs('b', 'a')];
    expect(found([of('a', 1, true), of('b', 1, true)], circle, new Set())).toEqual({});
  });
});

it.each([
  ['fld_host_none', 'host'],
  ['fld_dependency_00112233445566778899aabbccddeeff', 'dependency'],
  ['fld_moon_none', null],
  ['fld_host_', null],
  ['fld_host_none\n', null],
  ['fld_host_00112233445566778899AABBCCDDEEFF', null],
])('%j is a row of a list folded by %s', (id, by) => expect(wayOf(id)).toBe(by));
