import { describe, expect, it } from 'vitest';
import { automaticOf } from './automatic.ts';

const of = (headers: Record<string, string>, from = 'ann@example.com', envelope: string | null = from) =>
  automaticOf(new Map(Object.entries(headers)), from, envelope);

describe('a mail that no person wrote', () => {
  it.each([
    ['a vacation notice', { 'auto-submitted': 'auto-replied (vacation)' }, 'auto-reply'],
    ['a notification', { 'auto-submitted': 'auto-generated' }, 'auto-reply'],
    ['an answer of an older machine', { 'x-autoreply': 'yes' }, 'auto-reply'],
    ['and of another one', { precedence: 'auto_reply' }, 'auto-reply'],
    ['a receipt', { 'content-type': 'multipart/report; report-type=disposition-notification' }, 'auto-reply'],
    ['a bounce', { 'content-type': 'multipart/report; boundary=x; report-type="delivery-status"' }, 'bounce'],
    ['a bounce that names who was not reached', { 'x-failed-recipients': 'bob@example.com' }, 'bounce'],
    ['a newsletter', { precedence: 'bulk' }, 'bulk'],
    ['a mail of a person', {}, null],
    ['one that says so', { 'auto-submitted': 'no' }, null],
    ['one by way of a mailing list', { precedence: 'list', 'list-id': 'support' }, null],
  ] as const)('%s', (_, headers, expected) => expect(of(headers)).toBe(expected));

  it('is one of a mail server, and one that nobody is to be told of', () => {
    expect(of({}, 'MAILER-DAEMON@mx.example.com')).toBe('bounce');
    expect(of({}, 'ann@example.com', '')).toBe('bounce');
    expect(of({ 'auto-submitted': 'auto-replied' }, 'ann@example.com', '')).toBe('auto-reply');
    expect(of({}, 'ann@example.com', null)).toBeNull();
  });
});
