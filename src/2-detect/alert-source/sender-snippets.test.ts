import { expect, it } from 'vitest';
import type { AlertSourceView } from './contract.ts';
import { formSnippets, type Mapped, snippetsOf } from './sender-snippets.ts';

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

it('a help desk has its JSON and a line to try it, and a mail line where mails are taken', () => {
  const desk = { ...source, kind: 'ticket', mailAddress: null } as const;
  const texts = snippetsOf(desk).map(({ text }) => text);
  expect(texts.some((text) => text.includes('{{ticket.title}}'))).toBe(true);
  expect(texts.some((text) => text.includes('{{ticket.subject}}'))).toBe(true);
  expect(texts.at(-1)).toContain(`--data-raw '{"id":4711,"subject":"Cannot log in"`);
  const mailed = snippetsOf({ ...desk, mailAddress: 'in_k@alerts.example' });
  expect(mailed.at(-1)?.text).toBe(
    "swaks --to 'in_k@alerts.example' --header 'Subject: Cannot log in' --body 'Since noon'",
  );
});

it('a source of mails is tried with a mail and what closes it, once there is an address', () => {
  const mail = { ...source, kind: 'email', mailAddress: null } as const;
  expect(snippetsOf(mail)).toEqual([]);
  expect(snippetsOf({ ...mail, mailAddress: 'in_k@alerts.example' }).map(({ text }) => text)).toEqual([
    "swaks --to 'in_k+disk-db1@alerts.example' --header 'Subject: Disk of db1 is full' --body '2 % are left'",
    "swaks --to 'in_k+disk-db1@alerts.example' --header 'Subject: RESOLVED: disk of db1' --body '40 % are left'",
  ]);
});

it('a form is led to by its link', () => {
  expect(formSnippets('https://allclear.example/s/shop')[1]?.text).toBe(
    '<a href="https://allclear.example/s/shop/report">Report a problem</a>',
  );
});
