import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PIPELINE } from '#app/pipeline.ts';
import type { PageView } from '#respond/contract';
import { type Crew, createCrew, hireAnnAndBob, type Responder } from '#test/harness/crew.ts';
import { freePort } from '#test/harness/server-process.ts';
import { createSmtpSink, type SmtpSink } from '#test/harness/smtp.ts';

const DOMAIN = 'alerts.example.com';

let t: Crew;
let ann: Responder;
let sink: SmtpSink;
let port: number;
let refusesPaths = false;
let stop: () => Promise<void>;
beforeAll(async () => {
  port = await freePort();
  sink = await createSmtpSink({
    server: {
      onMailFrom: ({ address }, _session, done) =>
        refusesPaths && address.startsWith('bounce+')
          ? done(Object.assign(new Error('Sender address rejected'), { responseCode: 553 }))
          : done(),
    },
  });
  t = await createCrew({
    env: {
      ALLCLEAR_SMTP_URL: sink.url,
      ALLCLEAR_MAIL_FROM: 'Acme <ops@example.com>',
      ALLCLEAR_MAIL_IN_PORT: String(port),
      ALLCLEAR_MAIL_IN_DOMAIN: DOMAIN,
      ALLCLEAR_MAIL_IN_BOUNCES: 'on',
    },
  });
  const service = PIPELINE.flatMap((stage) => stage.services ?? []).find(({ name }) => name === 'mail-in');
  stop = (await service?.start(t.system)) ?? (async () => undefined);
  [ann] = await hireAnnAndBob(t);
  await t.escalateTo([{ userIds: [ann.id], delaySeconds: 3_600 }]);
  // Ann is told by mail at first, and by her phone much later.
  const methods = await ann.ask<{ items: { id: string; kind: string }[] }>('GET', '/contact-methods');
  const mail = methods.items.find(({ kind }) => kind === 'email')?.id ?? '';
  await ann.ask('POST', `/contact-methods/${mail}/test`);
  await t.settle();
  const code = /Code: (\d{6})/.exec(sink.to('ann@example.com').at(-1)?.text ?? '')?.[1] ?? '';
  await ann.ask('POST', `/contact-methods/${mail}/verify`, { code });
  const { items } = await ann.ask<{ items: { id: string; contactMethodId: string }[] }>('GET', '/notification-rules');
  for (const { id, contactMethodId } of items)
    if (contactMethodId === ann.contactMethodId)
      await ann.ask('PATCH', `/notification-rules/${id}`, { delaySeconds: 1_800 });
});
afterAll(async () => {
  expect(t.errors).toEqual([]);
  await stop();
  await t.end();
  await sink.close();
});

/** A mail server tells, by SMTP, what became of a mail. */
async function tell(
  to: string,
  action: 'failed' | 'delayed',
  recipient = ['Final-Recipient: rfc822; ann@example.com'],
  status = action === 'failed' ? '5.1.1' : '4.4.1',
) {
  const mailer = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  const lines = [
    'From: Mail Delivery System <MAILER-DAEMON@mx.example.com>',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain',
    '',
    'This is the mail system.',
    '--b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.com',
    '',
    ...recipient,
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550 5.1.1 No',
    '    such mailbox',
    '',
    '--b1--',
    '',
  ];
  try {
    await mailer.sendMail({ envelope: { from: '', to }, raw: lines.join('\r\n') });
  } finally {
    mailer.close();
  }
  await t.settle();
}

async function page(title: string) {
  const alertId = await t.signal({ title });
  const mail = sink.mails.findLast(({ subject }) => subject === `[PAGE] ${title}`);
  if (!mail) throw new Error(`no mail about ${title}`);
  const read = async () => (await t.ask<{ items: PageView[] }>('GET', `/pages?alertId=${alertId}`)).items[0];
  const phone = () => ann.read().filter((one) => one === `[PAGE] ${title}`).length;
  return { mail, read, phone };
}

it('goes on to the next method at once when a mail that was taken does not arrive', async () => {
  const { mail, read, phone } = await page('checkout is down');
  expect(mail.returnPath).toMatch(/^bounce\+[0-9a-z]+\.[0-9a-f]{20}@alerts\.example\.com$/);
  expect(mail.returnPath.indexOf('@')).toBeLessThanOrEqual(64);
  expect(mail.from).toContain('ops@example.com');
  // So that it is known as ours when it is forwarded to an address of a source.
  const [, id = ''] = /^<(dlv_[0-9a-z]+)@/.exec(mail.messageId) ?? [];
  expect(mail.headers.get('x-allclear-delivery')).toBe(`${id}.${t.system.secrets.sign('own-mail', id)}`);
  expect(phone()).toBe(0);
  await tell(mail.returnPath, 'delayed');
  expect(phone(), 'a delay is no failure').toBe(0);
  await tell(mail.returnPath.toUpperCase(), 'failed');
  expect(phone()).toBe(1);
  const notices = (await read())?.notices ?? [];
  expect(notices.find(({ kind }) => kind === 'email')).toMatchObject({
    state: 'failed',
    why: 'A mail server took it, and then said that it cannot be delivered: 550 5.1.1 No such mailbox',
  });
  await tell(mail.returnPath, 'failed');
  expect(phone(), 'told twice, heard once').toBe(1);
});

it('hears only of the address that it was sent to', async () => {
  const { mail, phone } = await page('returns are down');
  await tell(mail.returnPath, 'failed', ['Final-Recipient: rfc822; ann@elsewhere.example.com']);
  await tell(mail.returnPath, 'failed', [
    'Original-Recipient: rfc822; team@example.com',
    'Final-Recipient: rfc822; ann@example.com',
  ]);
  await tell(mail.returnPath, 'failed', []);
  // What is said of one recipient is not said of the next.
  const arrived = ['Final-Recipient: rfc822; ann@example.com', 'Action: delivered', 'Status: 2.0.0', ''];
  await tell(mail.returnPath, 'failed', [...arrived, 'Final-Recipient: rfc822; bob@example.com']);
  expect(phone()).toBe(0);
  await tell(mail.returnPath, 'failed', [
    'Original-Recipient: rfc822;<Ann@Example.com>',
    'Final-Recipient: rfc822; box7@store.example.com',
  ]);
  expect(phone()).toBe(1);
});

it('hears nothing that is forged, and nothing that is old', async () => {
  const { mail, phone } = await page('search is down');
  const [, name = '', signature = ''] = /^bounce\+([0-9a-z]+)\.([0-9a-f]+)@/.exec(mail.returnPath) ?? [];
  const other = signature.startsWith('0') ? '1' : '0';
  const forged = `bounce+${name}.${other}${signature.slice(1)}@${DOMAIN}`;
  await expect(tell(forged, 'failed')).rejects.toThrow(/550/);
  await expect(tell(`bounce+${name}@${DOMAIN}`, 'failed')).rejects.toThrow(/550/);
  expect(phone()).toBe(0);
  t.clock.advance(8 * 86_400);
  await tell(mail.returnPath, 'failed');
  const { items } = await t.ask<{ items: { subject: string; kind: string; state: string }[] }>(
    'GET',
    '/deliveries?kind=email&purpose=page',
  );
  expect(items.find(({ subject }) => subject === '[PAGE] search is down')?.state).toBe('sent');
});

it('sends the page all the same through a server that takes no such sender', async () => {
  refusesPaths = true;
  const { mail } = await page('cart is down');
  expect(mail.returnPath).toBe('ops@example.com');
  refusesPaths = false;
});
