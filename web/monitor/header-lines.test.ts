import { expect, it } from 'vitest';
import { headersFromLines } from './header-lines.ts';

it('reads headers line by line and refuses a line without a name', () => {
  expect(headersFromLines('Accept: text/html\n\nX-Time: 12:30 ')).toEqual({ Accept: 'text/html', 'X-Time': '12:30' });
  expect(headersFromLines('')).toEqual({});
  expect(headersFromLines('no colon')).toBeUndefined();
  expect(headersFromLines(': nameless')).toBeUndefined();
});
