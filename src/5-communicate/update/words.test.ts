import { describe, expect, test } from 'vitest';
import { addBusinessSeconds, firstUpdateClock, nextUpdateClock } from './clocks.ts';
import { lintUpdate } from './lint.ts';
import { fillWording, WORDINGS, wordingFor } from './wording.ts';

const hours = {
  businessHours: { days: [1, 2, 3, 4, 5], start: '09:00', end: '17:00' },
  timeZone: 'Europe/Berlin',
  holidays: new Map<string, string>(),
};
const level = {
  firstUpdateSeconds: { prompt: 300, warn: 600, due: 900 },
  updateEverySeconds: { promise: 900, promptBefore: 300 },
  clocksStopOutsideHours: false,
};
const at = (iso: string) => new Date(iso);

describe('the public clocks', () => {
  test('of the first update run from detection', () => {
    expect(firstUpdateClock(level, at('2026-11-23T14:00:00Z'), hours)).toEqual({
      promptAt: at('2026-11-23T14:05:00Z'),
      warnAt: at('2026-11-23T14:10:00Z'),
      dueAt: at('2026-11-23T14:15:00Z'),
    });
    expect(firstUpdateClock({ ...level, firstUpdateSeconds: null }, at('2026-11-23T14:00:00Z'), hours)).toBeNull();
  });
  test('of the next update ask before they break, also for a short promise', () => {
    expect(nextUpdateClock(level, at('2026-11-23T14:00:00Z'), hours)).toMatchObject({
      promptAt: at('2026-11-23T14:10:00Z'),
      dueAt: at('2026-11-23T14:15:00Z'),
    });
    expect(nextUpdateClock(level, at('2026-11-23T14:00:00Z'), hours, 120)).toMatchObject({
      promptAt: at('2026-11-23T14:01:00Z'),
      dueAt: at('2026-11-23T14:02:00Z'),
    });
  });
  test('stop outside business hours where the level says so, unless the author picked a time', () => {
    const slow = { ...level, clocksStopOutsideHours: true };
    // Friday 18:00 in Berlin: the clock begins on Monday at 9
    expect(firstUpdateClock(slow, at('2026-11-20T17:00:00Z'), hours)?.dueAt).toEqual(at('2026-11-23T08:15:00Z'));
    // ten minutes before closing: five of them run on Monday
    expect(firstUpdateClock(slow, at('2026-11-20T15:50:00Z'), hours)?.dueAt).toEqual(at('2026-11-23T08:05:00Z'));
    expect(nextUpdateClock(slow, at('2026-11-20T17:00:00Z'), hours, 3_600)?.dueAt).toEqual(at('2026-11-20T18:00:00Z'));
  });
  test('run on into the next day when one is not enough', () => {
    expect(addBusinessSeconds(hours, at('2026-11-23T08:00:00Z'), 10 * 3_600)).toEqual(at('2026-11-24T10:00:00Z'));
  });
});

describe('the shipped wording', () => {
  test.each(WORDINGS.map((wording) => [wording.id, wording] as const))(
    '%s passes its own notes and fills every variable',
    (_id, wording) => {
      const body = fillWording(wording.body, {
        components: ['Checkout', 'A*B'],
        nextUpdate: '14:34 UTC',
        postmortem: true,
      });
      expect(body).not.toMatch(/[⟨⟩]/);
      expect(lintUpdate(body)).toEqual([]);
    },
  );
  test('reads without knowing what is affected or when we speak again', () => {
    expect(fillWording(wordingFor('first', 'SEV2').body, { components: [], nextUpdate: null, postmortem: false })).toBe(
      'We are investigating reports of trouble with some services.',
    );
  });
  test('promises the next update by its time', () => {
    const filled = fillWording(wordingFor('holding', 'SEV3').body, {
      components: ['Search'],
      nextUpdate: '15:34 CET (14:34 UTC)',
      postmortem: false,
    });
    expect(filled).toContain('Next update by 15:34 CET (14:34 UTC).');
  });
  test('is graver for SEV1', () => {
    expect(wordingFor('first', 'SEV1').id).toBe('first-severe');
    expect(wordingFor('first', 'SEV4').id).toBe('first');
  });
});

describe('notes on a draft', () => {
  test.each([
    ['This is probably caused by a bad deploy, customers see errors.', 'cause-guess'],
    ['Some customers see errors. It will be fixed in 20 minutes.', 'time-estimate'],
    ['Service will be back shortly for all users.', 'time-estimate'],
    ['An engineer pushed a wrong change; customers cannot pay.', 'blame'],
    ['Our Kubernetes pods are restarting, customers see errors.', 'jargon'],
    ['The deployment has been rolled back.', 'no-impact'],
  ])('%j is noted as %s', (body, rule) => {
    expect(lintUpdate(body).map((finding) => finding.rule)).toContain(rule);
  });
  test('plain impact is left alone', () => {
    expect(lintUpdate('Some customers in Europe cannot pay by card. Next update by 14:34 UTC.')).toEqual([]);
  });
});
