import { describe, expect, it } from 'vitest';
import { downstreamOf, upstreamOf } from './dependency.ts';

const needs = (serviceId: string, dependsOnId: string) => ({ serviceId, dependsOnId });
const dependencies = [needs('shop', 'api'), needs('api', 'database'), needs('api', 'cache'), needs('mail', 'database')];

describe('dependencies', () => {
  it.each([
    ['shop', ['api', 'database', 'cache']],
    ['api', ['database', 'cache']],
    ['database', []],
    ['nothing', []],
  ])('%s needs %j', (service, expected) => expect(upstreamOf(dependencies, service)).toEqual(expected));

  it.each([
    ['database', ['api', 'mail', 'shop']],
    ['cache', ['api', 'shop']],
    ['shop', []],
  ])('%s is needed by %j', (service, expected) => expect(downstreamOf(dependencies, service)).toEqual(expected));

  it('ends in a circle too', () => {
    expect(upstreamOf([needs('a', 'b'), needs('b', 'a')], 'a')).toEqual(['b']);
  });
});
