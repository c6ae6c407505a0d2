import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unwrap } from './flowed.ts';
import { readMail } from './read-mail.ts';
import { readRecipient } from './recipient.ts';
import { readSubject, USUAL_RULE } from './subject.ts';

const read = (subject: string) => readSubject(subject, USUAL_RULE);

describe('a subject', () => {
  it.each([
    [
      '** PROBLEM Service Alert: web1/HTTP is CRITICAL **',
      'firing',
      'critical',
      'PROBLEM Service Alert: web1/HTTP is CRITICAL',
    ],
    [
      '** PROBLEM Service Alert: web1/Disk is WARNING **',
      'firing',
      'warning',
      'PROBLEM Service Alert: web1/Disk is WARNING',
    ],
    ['** RECOVERY Service Alert: web1/HTTP is OK **', 'resolved', 'error', 'RECOVERY Service Alert: web1/HTTP is OK'],
    ['** PROBLEM Host Alert: web1 is DOWN **', 'firing', 'critical', 'PROBLEM Host Alert: web1 is DOWN'],
    ['** RECOVERY Host Alert: web1 is UP **', 'resolved', 'error', 'RECOVERY Host Alert: web1 is UP'],
    [
      '** ACKNOWLEDGEMENT Service Alert: web1/HTTP is CRITICAL **',
      'ignored',
      'critical',
      'ACKNOWLEDGEMENT Service Alert: web1/HTTP is CRITICAL',
    ],
    ['** DOWNTIMESTART Host Alert: web1 is UP **', 'ignored', 'error', 'DOWNTIMESTART Host Alert: web1 is UP'],
    ['monit alert -- Connection failed nginx', 'firing', 'error', 'monit alert -- Connection failed nginx'],
    ['monit alert -- Connection succeeded nginx', 'resolved', 'error', 'monit alert -- Connection succeeded nginx'],
    ['monit alert -- Does not exist nginx', 'firing', 'error', 'monit alert -- Does not exist nginx'],
    ['monit alert -- Exists nginx', 'resolved', 'error', 'monit alert -- Exists nginx'],
    ['monit alert -- Action done nginx', 'ignored', 'error', 'monit alert -- Action done nginx'],
    ['[FIRING:2] HighLoad (web1)', 'firing', 'error', '[FIRING:2] HighLoad (web1)'],
    ['[RESOLVED] HighLoad (web1)', 'resolved', 'error', '[RESOLVED] HighLoad (web1)'],
    ['Re: Backup of db1 is back to normal', 'resolved', 'error', 'Backup of db1 is back to normal'],
    ['Backup: not ok', 'firing', 'error', 'Backup: not ok'],
    ['Backup: NOT OK', 'firing', 'error', 'Backup: NOT OK'],
    ['Unresolved: queue', 'firing', 'error', 'Unresolved: queue'],
    ['The upload is broken, please look it up', 'firing', 'error', 'The upload is broken, please look it up'],
    ['Bookings fail', 'firing', 'error', 'Bookings fail'],
    ['', 'firing', 'error', '(no subject)'],
  ])('%s is %s', (subject, outcome, severity, title) => {
    expect(read(subject)).toMatchObject({ outcome, severity, title });
  });

  it.each([
    ['** PROBLEM Service Alert: web1/HTTP is CRITICAL **', '** RECOVERY Service Alert: web1/HTTP is OK **'],
    ['** PROBLEM Host Alert: web1 is DOWN **', '** RECOVERY Host Alert: web1 is UP **'],
    ['monit alert -- Connection failed nginx', 'monit alert --  Connection succeeded nginx'],
    ['monit alert -- Does not exist nginx', 'monit alert -- Exists nginx'],
    ['monit alert -- Resource limit matched db1', 'monit alert -- Resource limit succeeded db1'],
    ['monit alert -- Timeout mail', 'monit alert -- Timeout recovery mail'],
    ['monit alert -- Link down eth0', 'monit alert -- Link up eth0'],
    ['[FIRING:2] HighLoad (web1)', '[RESOLVED] HighLoad (web1)'],
    ['PROBLEM: Disk of db1 is full', 'Resolved - disk of db1 is full'],
  ])('%s has the key of its recovery', (firing, resolved) => {
    expect(read(firing).outcome).toBe('firing');
    expect(read(resolved).outcome).toBe('resolved');
    expect(read(resolved).key).toBe(read(firing).key);
  });

  it('keeps what is different apart', () => {
    const subjects = ['web1/HTTP is CRITICAL', 'web2/HTTP is CRITICAL', 'web1/Disk is CRITICAL'];
    expect(new Set(subjects.map((one) => read(one).key)).size).toBe(3);
    expect(read('monit alert -- Connection failed a').key).not.toBe(read('monit alert -- Connection failed b').key);
  });

  it('goes by the words of the source', () => {
    const rule = { resolvedWords: ['wieder da'], ignoredWords: ['Urlaub'], severity: 'warning' as const };
    expect(readSubject('Drucker wieder da', rule)).toMatchObject({ outcome: 'resolved', severity: 'warning' });
    expect(readSubject('Drucker weg (Urlaub)', rule).outcome).toBe('ignored');
    expect(readSubject('RESOLVED: Drucker', rule).outcome).toBe('firing');
  });

  it('never throws, and always has a title and a key', () => {
    const words = fc.array(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.string(), words, words, (subject, resolvedWords, ignoredWords) => {
        const { title, key } = readSubject(subject, { resolvedWords, ignoredWords, severity: 'error' });
        expect(title.trim()).not.toBe('');
        expect(key.trim()).not.toBe('');
      }),
    );
  });
});

describe('an address', () => {
  const key = 'in_0123456789abcdefghjkmnpqrs';
  it.each([
    [`${key}@alerts.test`, { key, dedup: null }],
    [`${key.toUpperCase()}@Alerts.Test`, { key, dedup: null }],
    [`${key}+disk-db1@alerts.test`, { key, dedup: 'disk-db1' }],
    [`${key}+a+B@alerts.test`, { key, dedup: 'a+B' }],
    [`${key}+@alerts.test`, { key, dedup: null }],
    [`${key}@elsewhere.test`, null],
    ['postmaster@alerts.test', null],
    ['nothing', null],
  ])('%s is read', (address, recipient) => expect(readRecipient(address, 'alerts.test')).toEqual(recipient));
});

describe('a mail', () => {
  const bytes = (text: string) => new TextEncoder().encode(text.replaceAll('\n', '\r\n'));

  it('is read: subject, sender, text, Message-ID', async () => {
    const mail = await readMail(
      bytes(
        'From: Nagios <nagios@mon.test>\nSubject: =?utf-8?q?Platte_voll_=C3=BC?=\nMessage-ID: <a@b>\nContent-Type: text/plain; charset=utf-8\n\nDisk is full.\n',
      ),
    );
    expect(mail).toEqual({
      messageId: '<a@b>',
      from: 'nagios@mon.test',
      subject: 'Platte voll ü',
      text: 'Disk is full.',
      answers: [],
      automatic: null,
      deliveryTag: null,
      attachments: [],
      cut: false,
    });
  });

  it('without a text part gives the text of its HTML', async () => {
    const mail = await readMail(bytes('Content-Type: text/html\n\n<style>p{}</style><p>Disk <b>full</b></p>'));
    expect(mail?.text).toMatch(/^Disk\s+full$/);
    expect(mail).toMatchObject({ subject: '', messageId: null, from: null });
  });

  const PLAIN = 'Content-Type: text/plain; charset=utf-8; format=flowed';
  it.each([
    ['the lines of a paragraph', PLAIN, 'Disk of db1 is \nfull.\nCall Ann.', 'Disk of db1 is full.\nCall Ann.'],
    ['not paragraphs', PLAIN, 'Disk is full. \n\nCall Ann.', 'Disk is full.\n\nCall Ann.'],
    ['stuffed lines', PLAIN, ' From db1: \n > 90 %', 'From db1: > 90 %'],
    ['quotes of one depth', PLAIN, '> Disk is \n> full\n>> since \nnoon', '> Disk is full\n>> since\nnoon'],
    ['not the signature', PLAIN, 'Full \n-- \nAnn', 'Full\n-- \nAnn'],
    ['words that were cut', `${PLAIN};\n delsp=Yes`, 'Platten \nspeicher  \nvoll', 'Plattenspeicher voll'],
    ['quoted-printable', `${PLAIN}\nContent-Transfer-Encoding: quoted-printable`, 'Full=20\n=C3=BC', 'Full ü'],
    ['a part', 'Content-Type: multipart/mixed; boundary=x', `--x\n${PLAIN}\n\nDisk is \nfull\n--x--`, 'Disk is full'],
    ['nothing that does not flow', 'Content-Type: text/plain', 'Disk is \nfull', 'Disk is \nfull'],
  ])('whose text flows is unwrapped: %s', async (_, head, text, expected) => {
    expect((await readMail(bytes(`Subject: x\n${head}\n\n${text}`)))?.text).toBe(expected);
  });

  it('with a bomb of headers or parts is not read', async () => {
    expect(await readMail(bytes(`${'X-Bomb: x\n'.repeat(20_000)}\nhi`))).toBeNull();
    const nested = Array.from({ length: 60 }, (_, i) => `Content-Type: multipart/mixed; boundary="b${i}"\n\n--b${i}\n`);
    expect(await readMail(bytes(`${nested.join('')}Content-Type: text/plain\n\nhi`))).toBeNull();
  });
});

describe('a mail that is made to take long', () => {
  const mail = (head: string, body: string) => readMail(Buffer.from(`From: a@example.com\r\n${head}\r\n\r\n${body}`));

  it('has no more of its subject read than makes a title', () => {
    expect(read(`a${'*'.repeat(120_000)}b`).title).toBe('a');
    expect(read(`${'* '.repeat(300)}web1 is down ${'* '.repeat(300)}`).title).toBe('web1 is down');
  });

  it('has its text unwrapped at once', async () => {
    const head = `Content-Type: text/plain;${'\r\n ;format'.repeat(1_000)}; format=flowed`;
    expect(await mail(head, 'a \r\n'.repeat(8_000))).toBeTruthy();
    expect(unwrap(`${'>'.repeat(8_000)} a \n`.repeat(40), { delSp: true }).length).toBeGreaterThan(8_000);
  });

  it('has its tags taken out at once', async () => {
    const tags = `${'<'.repeat(70)}\r\n`.repeat(1_000);
    expect((await mail('Content-Type: text/html', `${tags}<b>down</b>`))?.text.length).toBeGreaterThan(1_000);
  });

  it('has its styles taken out at once, and keeps what follows one that never ends', async () => {
    const many = (await mail('Content-Type: text/html', '<style\r\n'.repeat(9_000)))?.text;
    expect(many).toContain('<style');
    const html = 'a<STYLE x>p{}</style>b<script>x</style></script>c<style>d<script>e</script>f';
    expect((await mail('Content-Type: text/html', html))?.text).toBe('abc df');
  });

  it('has no more of its parts read than a mail has', async () => {
    const parts = Array.from({ length: 8_000 }, (_, i) => `--x\r\nContent-Type: text/html\r\n\r\n<p>n${i}.\r\n`).join(
      '',
    );
    const read = (await mail('Content-Type: multipart/mixed; boundary=x', `${parts}--x--`))?.text;
    expect([read?.includes('n40.'), read?.includes('n60.')]).toEqual([true, false]);
  });

  it('has nothing read that stands far behind what is kept', async () => {
    const part = `${'y'.repeat(90)}\r\n--x\r\n\r\n`;
    const parts = (bytes: number) => `--x\r\n\r\n${part.repeat(bytes / part.length)}far behind\r\n--x--`;
    const read = async (bytes: number) =>
      (await mail('Content-Type: multipart/mixed; boundary=x', parts(bytes)))?.text.includes('far behind');
    expect([await read(1_000), await read(1_500_000)]).toEqual([true, false]);
  });
});
