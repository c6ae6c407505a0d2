import { expect, it } from 'vitest';
import { readMessage } from './read-message.ts';

it.each([
  '{"type":"call","id":1,"on":{"kind":"page","page":0},"method":"goto","args":["/"],"line":2}',
  '{"type":"expect","id":1,"on":{"kind":"page","page":0},"matcher":"toHaveURL","negated":false,"expected":[],"line":null}',
  '{"type":"test","index":0,"use":{}}',
  '{"type":"done","error":null}',
  '{"type":"done","error":{"name":"Error","message":"x","line":null,"call":null}}',
])('hears what a script says: %s', (line) => {
  expect(readMessage(line)).toEqual(JSON.parse(line));
});

it.each([
  'no JSON',
  'null',
  '{}',
  '{"type":"other"}',
  '{"type":"log","text":{"toString":1}}',
  '{"type":"listen","page":"0"}',
  '{"type":"call","id":1,"on":null,"method":"goto","args":[]}',
  '{"type":"call","id":1,"on":{"kind":{"toString":1}},"method":"goto","args":[]}',
  '{"type":"call","id":1,"on":{"kind":"page","page":0},"method":{"toString":1},"args":[]}',
  '{"type":"expect","id":1,"on":{"kind":"page","page":0},"matcher":null}',
  '{"type":"step-begin","id":1,"name":{"toString":1}}',
  '{"type":"tests","names":[{"toString":1}]}',
  '{"type":"test","use":null}',
  '{"type":"done"}',
  '{"type":"done","error":{"name":{"toString":1},"message":"x"}}',
])('hears nothing in %s', (line) => {
  expect(readMessage(line)).toBeNull();
});
