import { expect, it } from 'vitest';
import { imageTypeOf } from './image-type.ts';

it.each([
  ['image/png', Buffer.from('89504e470d0a1a0a00', 'hex')],
  ['image/jpeg', Buffer.from('ffd8ffe000', 'hex')],
  ['image/gif', Buffer.from('GIF89a..')],
  ['image/webp', Buffer.from('RIFF....WEBPVP8 ')],
  [null, Buffer.from('<svg onload="alert(1)">')],
  [null, Buffer.from('<html>')],
  [null, Buffer.alloc(0)],
])('knows %s by its bytes', (type, bytes) => {
  expect(imageTypeOf(bytes)).toBe(type);
});
