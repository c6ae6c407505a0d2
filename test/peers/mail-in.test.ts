import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PIPELINE } from '#app/pipeline.ts';
import type { AlertSourceView, AlertView } from '#detect/contract';
import { freePort } from '#test/harness/server-process.ts';
import { sendBySwaks, type SwaksMail } from '#test/harness/swaks.ts';
import { createTestSystem, type TestSystem } from '#test/harness/system.ts';
import { waitFor } from '#test/harness/wait-for.ts';

let t: TestSystem;
let port: number;
let stop: () => Promise<void>;
let source: AlertSourceView;
const dir = mkdtempSync(join(tmpdir(), 'allclear-mail-in-'));

beforeAll(async () => {
  port = await freePort();
  const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '2',
      '-subj',
      '/CN=alerts.test',
    ],
    { stdio: 'ignore' },
  );
  t = await createTestSystem({
    env: {
      ALLCLEAR_MAIL_IN_PORT: String(port),
      ALLCLEAR_MAIL_IN_DOMAIN: 'alerts.test',
      ALLCLEAR_MAIL_IN_TLS_CERT: cert,
      ALLCLEAR_MAIL_IN_TLS_KEY: key,
    },
  });
  const service = PIPELINE.flatMap((stage) => stage.services ?? []).find(({ name }) => name === 'mail-in');
  stop = (await service?.start(t.system)) ?? (async () => undefined);
});
afterAll(async () => {
  await stop();
  await t.close();
  rmSync(dir, { recursive: true, force: true });
});
beforeEach(async () => void (source = await makeSource('Nagios')));

async function makeSource(name: string, kind = 'email'): Promise<AlertSourceView> {
  return (await t.call('POST', '/api/v1/alert-sources', { name, kind })).body as AlertSourceView;
}

const send = async (mail: Omit<SwaksMail, 'to'> & { to?: readonly string[] }) =>
  await sendBySwaks(port, { to: [source.mailAddress ?? ''], ...mail });

async function alerts(of: AlertSourceView = source): Promise<AlertView[]> {
  await t.settle();
  const { body } = await t.call('GET', '/api/v1/alerts?limit=200');
  return (body as { items: AlertView[] }).items.filter(({ alertSourceId }) => alertSourceId === of.id);
}

describe('a mail', () => {
  it('is an alert when it is answered with 250, and its recovery closes it', async () => {
    const problem = await send({ subject: '** PROBLEM Service Alert: web1/HTTP is CRITICAL **', body: 'HTTP 503' });
    expect(problem.codes).toEqual([220, 250, 250, 250, 354, 250, 221]);
    expect(await alerts()).toMatchObject([
      {
        title: 'PROBLEM Service Alert: web1/HTTP is CRITICAL',
        severity: 'critical',
        state: 'open',
        alertSourceName: 'Nagios',
        evidence: { source: 'nagios@mon.example.com', details: 'HTTP 503' },
      },
    ]);
    await send({ subject: '** RECOVERY Service Alert: web1/HTTP is OK **' });
    expect(await alerts()).toMatchObject([{ state: 'closed', closeReason: 'resolved', count: 2 }]);
  });

  it('takes the key of its alert from what stands after the plus', async () => {
    const to = [(source.mailAddress ?? '').replace('@', '+disk-db1@')];
    await send({ to, subject: 'Disk at 91 %' });
    await send({ to, subject: 'Disk at 95 %' });
    expect(await alerts()).toMatchObject([{ dedupKey: 'disk-db1', title: 'Disk at 91 %', count: 2 }]);
    await send({ to, subject: 'RESOLVED: disk at 40 %' });
    expect(await alerts()).toMatchObject([{ state: 'closed' }]);
  });

  it('is taken when it is large: its text is kept, what is attached is named', async () => {
    const file = join(dir, 'attached.txt');
    const part = '--x\nContent-Type: image/png; name="graph.png"\nContent-Transfer-Encoding: base64\n\n';
    const large = 'QUFB'.repeat(18).concat('\n').repeat(36_000);
    writeFileSync(
      file,
      `Subject: Disk is full\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n98 % used\n${part}${large}--x--\n`,
    );
    expect((await send({ subject: 'large', more: ['--data', `@${file}`] })).codes.at(-2)).toBe(250);
    const [alert] = await alerts();
    expect(alert?.evidence?.['details']).toBe(
      '98 % used\n\nAttached, and not kept here: graph.png. The mail is larger than what is read of one, so there may be more.',
    );
  });

  it('counts once however often it comes with the same Message-ID', async () => {
    const mail = { subject: 'Queue is long', messageId: '<one@mon.example.com>' };
    for (let i = 0; i < 3; i++) expect((await send(mail)).codes.at(-2)).toBe(250);
    expect(await alerts()).toMatchObject([{ count: 1 }]);
    await send({ subject: 'Queue is long', messageId: '<two@mon.example.com>' });
    expect(await alerts()).toMatchObject([{ count: 2 }]);
  });

  it('that an ignored word names opens nothing', async () => {
    expect((await send({ subject: '** DOWNTIMESTART Host Alert: web1 is UP **' })).codes.at(-2)).toBe(250);
    expect(await alerts()).toEqual([]);
  });

  it('goes by the words that its source was given', async () => {
    const rule = { resolvedWords: ['wieder da'], ignoredWords: [], severity: 'warning' };
    expect((await t.call('PUT', `/api/v1/alert-sources/${source.id}/mail-rule`, rule)).status).toBe(200);
    await send({ subject: 'Drucker' });
    expect(await alerts()).toMatchObject([{ state: 'open', severity: 'warning' }]);
    await send({ subject: 'Drucker wieder da' });
    expect(await alerts()).toMatchObject([{ state: 'closed' }]);
  });

  it('may be encrypted', async () => {
    const { transcript, codes } = await send({ subject: 'Over TLS', more: ['--tls'] });
    expect(transcript).toContain('TLS started');
    expect(codes.at(-2)).toBe(250);
    expect(await alerts()).toMatchObject([{ title: 'Over TLS' }]);
  });
});

describe('a mail to a source of tickets', () => {
  beforeEach(async () => void (source = await makeSource('Support', 'ticket')));
  const header = (name: string, value: string) => ['--header', `${name}: ${value}`];
  const bySubject = async (sameBy: string) =>
    await t.call('PUT', `/api/v1/alert-sources/${source.id}/ticket-rule`, { sameBy, severity: 'warning' });

  it('is a ticket of its customer, with what is attached named', async () => {
    const file = join(dir, 'receipt.pdf');
    writeFileSync(file, 'not kept');
    const sent = await send({
      from: 'Ann@Shop.example.com',
      subject: 'Cannot <b>pay</b>',
      body: '<script>alert(1)</script> It spins.',
      more: ['--attach-type', 'application/pdf', '--attach-name', 'receipt.pdf', '--attach', `@${file}`],
    });
    expect(sent.codes.at(-2)).toBe(250);
    const [alert] = await alerts();
    expect(alert).toMatchObject({
      title: 'Cannot <b>pay</b>',
      severity: 'warning',
      labels: { customer: 'Ann@Shop.example.com', domain: 'shop.example.com' },
      evidence: { source: 'ticket' },
    });
    expect(JSON.stringify(alert?.evidence)).toContain('Attached, and not kept here: receipt.pdf');
    expect(JSON.stringify(alert?.evidence)).not.toContain('not kept\n');
  });

  it('belongs to the ticket of the mail that it answers, whatever its subject', async () => {
    await bySubject('ticket');
    await send({ subject: 'Cannot pay', messageId: '<1@shop.example.com>' });
    await send({ subject: 'Cannot pay', messageId: '<2@other.example.com>' });
    await send({
      subject: 'Something else now',
      messageId: '<3@shop.example.com>',
      more: header('References', '<1@shop.example.com> <agent@desk.example.com>'),
    });
    await send({ subject: 'Re: Aw: x', more: header('In-Reply-To', '<3@shop.example.com>') });
    expect((await alerts()).map(({ title, count }) => `${title} ${count}`).toReversed()).toEqual([
      'Cannot pay 3',
      'Cannot pay 1',
    ]);
  });

  it.each(['ticket', 'subject'])('draws no mail of others to it by what its sender makes up, by %s', async (sameBy) => {
    await bySubject(sameBy);
    await send({ subject: 'Hi', messageId: '<1@mallory.example.com>' });
    await send({
      subject: 'Re: Hi [#5000]',
      more: header('References', '<agent-5000@desk.example.com> <1@mallory.example.com>'),
    });
    await send({ subject: 'Hi [#5001]', more: header('In-Reply-To', '<agent-5001@desk.example.com>') });
    const before = new Map((await alerts()).map(({ id, count }) => [id, count]));
    await send({ subject: '[#5000] Cannot pay' });
    await send({ subject: 'Re: No receipt', more: header('In-Reply-To', '<agent-5000@desk.example.com>') });
    await send({ subject: 'Re: No invoice', more: header('In-Reply-To', '<agent-5001@desk.example.com>') });
    await send({ subject: 'Cannot log in', messageId: '<agent-5001@desk.example.com>' });
    const after = await alerts();
    expect(after.filter(({ id }) => !before.has(id)).map(({ count }) => count)).toEqual([1, 1, 1, 1]);
    expect(after.filter(({ id }) => before.has(id)).map(({ id, count }) => [id, count])).toEqual(
      expect.arrayContaining([...before]),
    );
  });

  it('belongs to the ticket of the number in its address, which the help desk chose, by subject too', async () => {
    const to = [(source.mailAddress ?? '').replace('@', '+4711@')];
    await send({ to, subject: 'Cannot log in' });
    await send({ to, subject: 'And now?' });
    await send({ subject: 'Still not [#4711]' });
    expect(await alerts()).toMatchObject([{ title: 'Cannot log in (#4711)', count: 3 }]);
  });

  it('belongs to the ticket whose number its subject or its address names, with those of the webhook', async () => {
    await bySubject('ticket');
    const body = JSON.stringify({ id: 4711, subject: 'Cannot log in' });
    await t.app.request(new URL(source.intakeUrl).pathname, { method: 'POST', body });
    await send({ subject: 'Re: [#4711] Cannot log in' });
    await send({ to: [(source.mailAddress ?? '').replace('@', '+4711@')], subject: 'And now?' });
    expect(await alerts()).toMatchObject([{ title: 'Cannot log in (#4711)', count: 3 }]);
  });

  it('that no person wrote opens nothing, and is counted', async () => {
    await send({ subject: 'Out of office', more: header('Auto-Submitted', 'auto-replied') });
    await send({ subject: 'Away', more: header('Precedence', 'auto_reply') });
    await send({ from: '<>', subject: 'Undelivered Mail Returned to Sender' });
    expect(await alerts()).toEqual([]);
    expect((await t.call('GET', `/api/v1/alert-sources/${source.id}/ignored-mail`)).body).toMatchObject({
      items: [
        { reason: 'auto-reply', count: 2 },
        { reason: 'bounce', count: 1 },
      ],
    });
    const { body } = await t.call('GET', `/api/v1/alert-sources/${source.id}`);
    expect(body).toMatchObject({ mailAddress: source.mailAddress });
  });
});

it('a message of ours that comes back opens nothing, at a source of mail either', async () => {
  const tag = (value: string) => ['--header', `X-Allclear-Delivery: ${value}`];
  const signed = `dlv_1.${t.system.secrets.sign('own-mail', 'dlv_1')}`;
  // A server on its way may have given it another Message-ID.
  await send({ subject: 'PROBLEM: db1', messageId: '<new@relay.example.com>', more: tag(signed) });
  expect(await alerts()).toEqual([]);
  const host = new URL(t.system.config.publicUrl).hostname;
  await send({ subject: 'PROBLEM: db1', messageId: `<dlv_1@${host}>`, more: tag(signed.replace('_1', '_2')) });
  expect(await alerts()).toHaveLength(1);
});

describe('a mail is refused', () => {
  it.each([
    ['an unknown key', () => 'in_0123456789abcdefghjkmnpqrs@alerts.test'],
    ['another domain', () => (source.mailAddress ?? '').replace('alerts.test', 'example.com')],
    ['no key at all', () => 'postmaster@alerts.test'],
  ])('for good at %s, before it is sent', async (_, address) => {
    expect((await send({ to: [address()], subject: 'x' })).codes).toEqual([220, 250, 250, 550, 221]);
  });

  it('for good at the key of a source of another kind, and of one that was removed', async () => {
    const generic = (await t.call('POST', '/api/v1/alert-sources', { name: 'JSON' })).body as AlertSourceView;
    expect((await send({ to: [`${generic.key}@alerts.test`], subject: 'x' })).codes).toContain(550);
    await t.call('DELETE', `/api/v1/alert-sources/${source.id}`);
    expect((await send({ subject: 'x' })).codes).toContain(550);
  });

  it('when it is larger than 25 MiB, whether its size was told or not, and its source says that it came', async () => {
    const body = 'x'.repeat(1_000).concat('\n').repeat(26_300);
    const file = join(dir, 'large.txt');
    writeFileSync(file, `Subject: large\n\n${body}`);
    const { codes } = await send({ subject: 'large', more: ['--data', `@${file}`] });
    expect(codes.at(-2)).toBe(552);
    const refused = async () =>
      ((await t.call('GET', `/api/v1/alert-sources/${source.id}/refused`)).body as { items: object[] }).items;
    expect(await refused()).toMatchObject([
      {
        message: expect.stringMatching(/has 26,\d{3},\d{3} bytes/) as string,
        payload: expect.stringContaining('Subject: large') as string,
      },
    ]);
    source = await makeSource('Told');
    const rcpt = `RCPT TO:<${source.mailAddress}>`;
    expect(await converse([`MAIL FROM:<a@b.test> SIZE=${40_000_000}`, rcpt])).toContain('552');
    expect(await refused()).toMatchObject([{ message: expect.stringContaining('40,000,000 bytes') as string }]);
    expect(await alerts()).toEqual([]);
  });

  it('when its headers are a bomb, and what was refused stays visible', async () => {
    const file = join(dir, 'bomb.txt');
    writeFileSync(file, `Subject: bomb\n${'X-Bomb: x\n'.repeat(20_000)}\nhi\n`);
    expect((await send({ subject: 'bomb', more: ['--data', `@${file}`] })).codes.at(-2)).toBe(554);
    const { items } = (await t.call('GET', `/api/v1/alert-sources/${source.id}/refused`)).body as { items: object[] };
    expect(items).toMatchObject([{ message: expect.stringContaining('headers') as string }]);
  });

  it('when it has too many recipients: those are asked to come again', async () => {
    const rcpt = Array.from({ length: 21 }, (_, i) => `RCPT TO:<${(source.mailAddress ?? '').replace('@', `+${i}@`)}>`);
    const said = await converse(['MAIL FROM:<a@b.test>', ...rcpt]);
    expect(said.filter((code) => code === '452')).toHaveLength(1);
  });
});

describe('a mail that cannot be stored', () => {
  it('is answered with 451 at the address of a source that was sent more than it may, and taken a minute later', async () => {
    const other = await makeSource('Icinga');
    await t.call('PATCH', `/api/v1/alert-sources/${source.id}`, { signalsPerMinute: 1 });
    const to = [source.mailAddress ?? '', other.mailAddress ?? ''];
    expect((await send({ to, subject: 'First' })).codes).toEqual([220, 250, 250, 250, 250, 354, 250, 221]);
    expect((await send({ to, subject: 'Second' })).codes).toEqual([220, 250, 250, 451, 250, 354, 250, 221]);
    expect(await alerts()).toMatchObject([{ title: 'First' }]);
    expect(await alerts(other)).toHaveLength(2);
    t.clock.advance(60);
    expect((await send({ subject: 'Second' })).codes.at(-2)).toBe(250);
    expect(await alerts()).toHaveLength(2);
    const path = `/api/v1/alert-sources/${source.id}/turned-away`;
    await waitFor('the count', async () => {
      const { body } = await t.call('GET', path);
      return (body as { items: { overLimit: number }[] }).items[0]?.overLimit === 1;
    });
  });

  it('is answered with 451 while the database is away, and counts once when it comes again', async () => {
    const other = await makeSource('Icinga');
    const mail = {
      to: [source.mailAddress ?? '', other.mailAddress ?? ''],
      subject: 'Database of the shop is slow',
      messageId: '<again@mon.example.com>',
    };
    await t.database.pool.query('alter table received_mail rename to received_mail_away');
    expect((await send(mail)).codes.at(-2)).toBe(451);
    await t.database.pool.query('alter table received_mail_away rename to received_mail');
    expect([...(await alerts()), ...(await alerts(other))]).toEqual([]);

    // The first server of two had stored it; the sender repeats it to both.
    expect((await send({ ...mail, to: [source.mailAddress ?? ''] })).codes.at(-2)).toBe(250);
    expect((await send(mail)).codes.at(-2)).toBe(250);
    expect(await alerts()).toMatchObject([{ count: 1 }]);
    expect(await alerts(other)).toMatchObject([{ count: 1 }]);
    t.errors.length = 0;
  });

  it('is answered with 451 at its address when the key cannot be looked up', async () => {
    await t.database.pool.query('alter table alert_source rename to alert_source_away');
    const { codes } = await send({ subject: 'x' });
    await t.database.pool.query('alter table alert_source_away rename to alert_source');
    expect(codes).toEqual([220, 250, 250, 451, 221]);
    t.errors.length = 0;
  });
});

/** Speaks SMTP line by line; the code of each answer after the greeting. */
async function converse(commands: readonly string[]): Promise<string[]> {
  const socket = connect(port, '127.0.0.1');
  const codes: string[] = [];
  const waiting = ['EHLO mon.example.com', ...commands, 'QUIT'];
  let rest = '';
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    rest += chunk.toString('latin1');
    const lines = rest.split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const code = /^(\d{3}) /.exec(line)?.[1];
      if (code === undefined) continue;
      codes.push(code);
      const next = waiting.shift();
      if (next !== undefined) socket.write(`${next}\r\n`);
    }
  }
  return codes;
}
