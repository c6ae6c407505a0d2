import { expect, it } from 'vitest';
import { framesIn, textFrame } from './websocket-frames.ts';

const frame = (first: number, text: string) => Buffer.concat([Buffer.from([first, text.length]), Buffer.from(text)]);

it.each([
  ['a message', frame(0x81, 'hello'), [{ kind: 'message', text: 'hello' }]],
  [
    'one in parts, with a ping between',
    Buffer.concat([frame(0x01, 'he'), frame(0x89, ''), frame(0x80, 'llo')]),
    [
      { kind: 'control', text: '' },
      { kind: 'message', text: 'hello' },
    ],
  ],
  ['a close with its reason', frame(0x88, '\x03\x00bye'), [{ kind: 'close', text: 'bye' }]],
  ['one that is not whole yet', Buffer.from([0x81, 9, 1]), []],
  ['one that is announced as endless', Buffer.from([0x82, 127, ...Array<number>(8).fill(0xff)]), []],
])('reads %s', (_, bytes, expected) => {
  expect(framesIn(bytes)).toEqual(expected);
});

it.each([
  ['masked', Buffer.from([0x81, 0x81, 0, 0, 0, 0, 65])],
  ['of an extension', Buffer.from([0xc1, 1, 65])],
  ['of no known kind', Buffer.from([0x83, 1, 65])],
  ['a part of nothing', frame(0x80, 'x')],
])('refuses what is %s', (_, bytes) => {
  expect(framesIn(bytes)).toBeNull();
});

it('masks what is sent, short or long', () => {
  const mask = Buffer.from([1, 2, 3, 4]);
  expect(textFrame('AB', mask)).toEqual(Buffer.from([0x81, 0x82, 1, 2, 3, 4, 0x40, 0x40]));
  const long = textFrame('x'.repeat(300), mask);
  expect([...long.subarray(0, 4)]).toEqual([0x81, 0xfe, 0x01, 0x2c]);
  expect(long).toHaveLength(308);
});
