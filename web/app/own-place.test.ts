import { expect, it } from 'vitest';
import { ownPlace } from './own-place.ts';

it.each([
  ['/alerts?state=open#top', '/alerts?state=open#top'],
  ['/', '/'],
  ['//example.com', null],
  ['/\\example.com', null],
  ['/\t/example.com', null],
  ['/\n\\example.com', null],
  ['/a/..//example.com', null],
  ['https://example.com', null],
  ['javascript:alert(1)', null],
  ['alerts', null],
  [7, null],
])('after signing in %j leads to %j', (address, place) => {
  expect(ownPlace(address)).toBe(place);
});
