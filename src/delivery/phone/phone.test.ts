import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TryResult, mayHaveArrived, planNext } from './chain.ts';
import { codesOf, readDigit, readReply, SLOTS } from './codes.ts';
import { plainText, segmentsOf } from './gsm.ts';
import { maskNumber, readNumber, senderFor } from './number.ts';
import { smsText } from './sms-text.ts';
import { twilio } from './twilio.ts';

describe('a number', () => {
  it.each([
    ['+44 7700 900123', '+447700900123'],
    ['0044 (7700) 900-123', '+447700900123'],
    ['+1 (415) 555.2671', '+14155552671'],
  ])('%s is read as %s', (typed, number) => expect(readNumber(typed)).toEqual({ ok: true, number }));
  it.each(['07700 900123', '+44 (0)7700 900123', '+1 055 555 2671', '+123', 'ring me', '+49+171', ''])(
    '%j is refused with a reason',
    (typed) => expect(readNumber(typed)).toMatchObject({ ok: false, why: expect.any(String) }),
  );
  it('is written to from the number that is most like it', () => {
    expect(senderFor('+447700900123', ['+15005550006', '+447700900001'])).toBe('+447700900001');
    expect(senderFor('+49171', [])).toBeUndefined();
  });
  it('is masked', () => expect(maskNumber('+447700900123')).toBe('+44…23'));
});

describe('a reply', () => {
  it.each([
    ['4', { kind: 'answer', slot: 0, answer: 'acknowledge' }],
    [' 6! ', { kind: 'answer', slot: 0, answer: 'escalate' }],
    ['14 on it', { kind: 'answer', slot: 1, answer: 'acknowledge' }],
    ['Ack', { kind: 'answer', slot: null, answer: 'acknowledge' }],
    ['STOP', { kind: 'stop' }],
    ['start', { kind: 'start' }],
    ['5', { kind: 'other' }],
    ['04', { kind: 'other' }],
    ['constructor', { kind: 'other' }],
    ['', { kind: 'other' }],
  ])('%j is understood', (text, reply) => expect(readReply(text)).toEqual(reply));
  it('with a code that a message gave means its page', () => {
    for (let slot = 0; slot < SLOTS; slot++) {
      expect(readReply(codesOf(slot).acknowledge)).toEqual({ kind: 'answer', slot, answer: 'acknowledge' });
      expect(readReply(codesOf(slot).escalate)).toEqual({ kind: 'answer', slot, answer: 'escalate' });
    }
  });
  it('by a digit on the telephone is one of two', () =>
    expect(['4', '6', '1', '44', ''].map(readDigit)).toEqual(['acknowledge', 'escalate', null, null, null]));
});

describe('the text of an SMS', () => {
  const codes = codesOf(0);
  it.each([
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['д'.repeat(70), 1],
    ['д'.repeat(71), 2],
    ['🔥'.repeat(35), 1],
    ['🔥'.repeat(36), 2],
  ])('%s takes %i', (text, count) => expect(segmentsOf(text)).toBe(count));
  it('avoids what would halve its room', () => expect(plainText('“it’s” – down…')).toBe('"it\'s" - down...'));
  it('says severity, title, service and what to reply in one', () => {
    const text = smsText(
      {
        subject: '[SEV1] checkout/eu is down',
        brief: ['Service: Checkout', 'HTTP 500 for 2 minutes', 'Since 03:12 CET'],
      },
      { codes, again: false },
    );
    expect(text).toBe(
      '[SEV1] checkout/eu is down\nService: Checkout\nHTTP 500 for 2 minutes\nSince 03:12 CET\nReply 4 to acknowledge, 6 to escalate.',
    );
    expect(segmentsOf(text)).toBe(1);
  });
  it('offers nothing but to acknowledge where nothing else can be done', () => {
    const text = smsText({ subject: 'Drill: your own test page', onlyAcknowledge: true }, { codes, again: false });
    expect(text).toBe('Drill: your own test page\nReply 4 to acknowledge.');
  });
  describe('with a link to where it is answered', () => {
    const url = `https://allclear.example.com/d/${'x'.repeat(166)}`;
    const asked = (subject: string, link = url) =>
      smsText({ subject, url: link, urlInSms: true }, { codes: null, again: false });
    it('has it below a subject that is whole, or shortened a little', () => {
      expect(asked('Is this an incident? shop is down')).toBe(`Is this an incident? shop is down\n${url}`);
      const long = asked(`Is this an incident? ${'shop is down '.repeat(20)}`);
      expect(long).toMatch(/^Is this an incident\? shop is down shop is .*\.\.\.\nhttps:/);
      expect(long.endsWith(url)).toBe(true);
      expect(segmentsOf(long)).toBe(2);
    });
    it('has none where the subject would say too little, or where no phone can open it', () => {
      expect(asked(`Is this an incident? ${'магазин '.repeat(5)}`)).not.toContain('https:');
      for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000'])
        expect(asked('Is this an incident?', `http://${host}/d/x`)).toBe('Is this an incident?');
      expect(smsText({ subject: 'You are on call', url }, { codes: null, again: false })).toBe('You are on call');
    });
    it('never takes more than two', () => {
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.nat(300), (subject, length) => {
          const text = asked(subject, `https://allclear.example.com/${'x'.repeat(length)}`);
          expect(segmentsOf(text)).toBeLessThanOrEqual(2);
        }),
      );
    });
  });
  it('never takes more than two, and always ends with what to reply', () => {
    const words = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.string({ maxLength: 400 }));
    fc.assert(
      fc.property(words, fc.array(words, { maxLength: 4 }), fc.boolean(), (subject, brief, again) => {
        const text = smsText({ subject, brief }, { codes, again });
        expect(segmentsOf(text)).toBeLessThanOrEqual(2);
        expect(text.endsWith('Reply 4 to acknowledge, 6 to escalate.')).toBe(true);
      }),
    );
  });
});

describe('the chain', () => {
  const both = ['twilio', 'vonage'] as const;
  const tried = (provider: 'twilio' | 'vonage', state: TryResult['state'], permanent = false): TryResult => ({
    provider,
    state,
    permanent,
    unclear: false,
  });
  it.each([
    ['begins with the first', [], { provider: 'twilio', atOnce: true, rounds: 0 }],
    ['goes on at once', [tried('twilio', 'failed')], { provider: 'vonage', atOnce: true, rounds: 0 }],
    [
      'goes round after a wait',
      [tried('twilio', 'failed'), tried('vonage', 'failed')],
      { provider: 'twilio', atOnce: false, rounds: 1 },
    ],
    [
      'leaves out who refused for good',
      [tried('twilio', 'failed', true), tried('vonage', 'failed')],
      { provider: 'vonage', atOnce: false, rounds: 1 },
    ],
    ['ends when nobody is left', [tried('twilio', 'undelivered'), tried('vonage', 'unconfirmed')], null],
  ])('%s', (_what, tries, plan) => expect(planNext(tries, both)).toEqual(plan));
  it('knows when a message may have arrived', () => {
    expect(mayHaveArrived([tried('twilio', 'failed')])).toBe(false);
    expect(mayHaveArrived([{ ...tried('twilio', 'failed'), unclear: true }])).toBe(true);
    expect(mayHaveArrived([tried('twilio', 'unconfirmed')])).toBe(true);
  });
});

describe('Twilio’s signature', () => {
  // The worked example of Twilio's own documentation.
  const request = (signature: string) => ({
    url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
    header: () => signature,
    body: 'CallSid=CA1234567890ABCDE&Caller=%2B12349013030&Digits=1234&From=%2B12349013030&To=%2B18005551212',
  });
  const credentials = { provider: 'twilio', accountSid: 'AC', authToken: '12345' } as const;
  it('fits what Twilio signed, and nothing else', () => {
    expect(twilio.prove(request('0/KCTR6DLpKmkAf8muzZqo1nDgQ='), credentials, new Date())).toMatchObject({
      Digits: '1234',
    });
    expect(twilio.prove(request('1/KCTR6DLpKmkAf8muzZqo1nDgQ='), credentials, new Date())).toBeNull();
    expect(twilio.prove(request(''), credentials, new Date())).toBeNull();
  });
});
