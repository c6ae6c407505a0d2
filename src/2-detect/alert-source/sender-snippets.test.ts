import { expect, it } from 'vitest';
import type { AlertSourceView } from './contract.ts';
import { type Mapped, snippetsOf } from './sender-snippets.ts';

const source = { kind: 'generic', intakeUrl: 'https://allclear.example/intake/k' } as AlertSourceView;
const textOf = (mapped: Mapped | null) => snippetsOf(source, mapped)[1]?.text;

it('a source without a mapping is tried with our own fields', () => {
  expect(textOf(null)).toContain('{"title":"Disk almost full","severity":"error","dedupKey":"disk-db1"}');
});

it('a source with a mapping is tried with what its mapping fits, whatever quotes and lines stand in it', () => {
  const text = textOf({ sample: JSON.stringify({ alert: "it's\nEND\nfull" }, null, 2) });
  expect(text).toBe(
    String.raw`curl -X POST https://allclear.example/intake/k -H 'content-type: application/json' --data-raw '{"alert":"it'\''s\nEND\nfull"}'`,
  );
});

it('a source whose sample is gone or was cut is not tried with something that it would refuse', () => {
  expect(snippetsOf(source, { sample: null })).toHaveLength(1);
  expect(snippetsOf(source, { sample: '{"alert":"cut in the mid' })).toHaveLength(1);
});
