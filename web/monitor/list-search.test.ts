import { expect, it } from 'vitest';
import { isFiltered, listQuery, listSearch } from './list-search.ts';

it('takes of an address what makes sense, and nothing else', () => {
  expect(
    listSearch({ state: 'down', q: ' shop ', tag: 'eu', service: 'svc_1', place: 'home', view: 'groups', page: 3 }),
  ).toEqual({ state: 'down', q: 'shop', tag: 'eu', service: 'svc_1', place: 'home', view: 'groups' });
  expect(listSearch({ state: 'broken', q: '  ', tag: ['eu'], service: null, view: 'tree' })).toEqual({});
});

it('looks for a number as it was typed', () => {
  expect(listQuery(listSearch({ q: 503 }))).toEqual({ search: '503', limit: 100 });
});

it('is filtered by everything but how it is shown', () => {
  expect([{}, { view: 'groups' as const }, { q: 'shop' }, { service: 'svc_1' }].map(isFiltered)).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
