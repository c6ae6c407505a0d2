import { describe, expect, it } from 'vitest';
import type { Alert } from '#detect';
import { createSecrets } from '#platform/secrets.ts';
import { documentOf, stepOf } from '../escalation/policy.ts';
import { pageView } from '../link/page-view.ts';
import { clockTime } from './clock-time.ts';
import { readFacts } from './evidence.ts';
import type { Page } from './page.ts';
import { pageToken, readPageToken } from './page-link.ts';
import { pageMessage } from './page-message.ts';
import type { PageStory } from './page-story.ts';

const now = new Date('2026-11-25T03:02:38Z');
const page: Page = {
  id: 'pag_1',
  title: 'checkout/eu is down',
  state: 'open',
  cause: 'alert',
  urgency: 'high',
  severity: null,
  drill: false,
  alertId: 'alt_1',
  incidentId: null,
  serviceId: null,
  askedBy: null,
  note: null,
  policyId: 'epo_1',
  policyVersion: 1,
  policyName: 'Default',
  document: documentOf([stepOf(['usr_a'], 300)], 2),
  step: 0,
  cycle: 0,
  createdAt: now,
  startsAt: now,
  nextStepAt: new Date('2026-11-25T03:07:38Z'),
  acknowledgedAt: null,
  acknowledgedBy: null,
  acknowledgedChannel: null,
  stoppedAt: null,
  stopReason: null,
};
const story: PageStory = {
  page,
  alert: null,
  incident: null,
  group: null,
  unchecked: false,
  serviceName: 'checkout',
  nameOf: (userId) => (userId === 'usr_a' ? 'Ann' : 'Bob'),
  askedUserIds: ['usr_a'],
  next: { at: new Date('2026-11-25T03:07:38Z'), userIds: ['usr_b'], again: false },
};
const ann = { userId: 'usr_a', timeZone: 'Europe/Berlin', acknowledgeUrl: 'https://ops.example.com/p/token' };

describe('a page as it is read at night', () => {
  it('says first that it is a drill, and that acknowledging ends it', () => {
    const drill = { ...page, title: 'Drill: test page from Olive', cause: 'drill', drill: true } as const;
    const message = pageMessage({ ...story, page: drill, next: null }, ann, now);
    expect(message).toMatchObject({
      subject: 'Drill: test page from Olive, acknowledge to finish',
      brief: ['Nothing is broken.'],
      onlyAcknowledge: true,
      payload: { drill: true },
    });
    expect(message.text).toContain('It ends by itself at 04:07 CET. Nobody else is asked.');
    expect(message.text).not.toContain('DRILL');
  });

  it('says what, since when in the reader’s zone, what to press and what happens next', () => {
    const { subject, text, actions } = pageMessage(story, ann, now);
    expect(subject).toBe('[PAGE] checkout/eu is down');
    expect(text).toContain('Since 04:02 CET, 0 s ago.');
    expect(text).toContain('Acknowledge: https://ops.example.com/p/token');
    expect(text).toContain('If nobody acknowledges by 04:07 CET (in 5 m), Bob is paged.');
    expect(text).toContain('Nobody else has been paged so far.');
    expect(actions?.[0]).toEqual({ kind: 'http', label: 'Acknowledge', url: ann.acknowledgeUrl });
  });

  it('has one button in mail, and nothing of the target can become markup', () => {
    const { html } = pageMessage({ ...story, page: { ...page, title: '<img src=x>' } }, ann, now);
    expect(html?.match(/<a\s/g)).toHaveLength(1);
    expect(html).toContain('href="https://ops.example.com/p/token"');
    expect(html).not.toContain('<img');
  });

  it('of a storm names what most of its alerts have in common, and so does a short message', () => {
    const group = {
      group: {
        workspaceId: 'ws_1',
        id: 'grp_1',
        kind: 'storm' as const,
        key: 'k',
        leadId: 'alt_1',
        openedAt: now,
        lastAt: now,
        openUntil: now,
        names: [],
      },
      count: 500,
      open: 480,
      by: 'dependency' as const,
      causes: [
        { name: 'Postgres', count: 450 },
        { name: 'Mail', count: 49 },
      ],
    };
    const { text, brief } = pageMessage({ ...story, group }, ann, now);
    expect(text).toContain(
      'It asks for 500 alerts so far, 480 of them open.\nBy dependency: Postgres 450, Mail 49, 1 other.',
    );
    expect(brief?.[0]).toBe('By dependency: Postgres 450, Mail 49, 1 other');
    const none = pageMessage({ ...story, group: { ...group, by: 'time', causes: [] } }, ann, now);
    expect(none.text).not.toMatch(/^By /m);
  });

  it('carries the severity of its incident, and counts its rounds', () => {
    const incident = { id: 'inc_1', reference: 'INC-1', severity: 'SEV1', detectedAt: now, commanderId: null };
    expect(pageMessage({ ...story, incident }, ann, now).subject).toBe('[SEV1] checkout/eu is down');
    expect(pageMessage({ ...story, page: { ...page, cycle: 1 } }, ann, now).subject).toBe(
      '[PAGE] again (2): checkout/eu is down',
    );
  });

  it('starts with DRILL when it is one, in the subject and in the text', () => {
    const { subject, text } = pageMessage({ ...story, page: { ...page, drill: true } }, ann, now);
    expect(subject.startsWith('DRILL ')).toBe(true);
    expect(text.startsWith('DRILL')).toBe(true);
  });

  it('says so when the same person is asked again, or nobody else is', () => {
    const again = { ...story, next: { at: now, userIds: ['usr_a'], again: true } };
    expect(pageMessage(again, ann, now).text).toContain('you are paged again.');
    expect(pageMessage({ ...story, next: null }, ann, now).text).toContain('nobody else is paged.');
  });
});

const alert: Alert = {
  id: 'alt_1',
  title: 'Orders are slow',
  dedupKey: 'orders',
  severity: 'error',
  state: 'open',
  source: 'intake',
  alertSourceId: 'src_1',
  alertSourceName: 'Tool',
  monitorId: null,
  serviceId: null,
  incidentId: null,
  disposition: null,
  drill: false,
  count: 1,
  beganAt: now,
  firstSeenAt: now,
  lastSeenAt: now,
  acknowledgedBy: null,
  acknowledgedAt: null,
  closedAt: null,
  closedBy: null,
  closeReason: null,
  snoozedUntil: null,
  assigneeId: null,
  policyId: null,
  urgency: null,
  routeId: null,
  reasons: null,
  quiet: null,
  quietUntil: null,
  muteId: null,
  quietBy: null,
  groupId: null,
  lookDueAt: null,
  labels: {},
  url: null,
  evidence: null,
  promptDueAt: null,
  suspectDueAt: null,
  promptedAt: null,
  joinedWhy: null,
};
const NOTHING = { summary: null, phases: null, said: null, source: null, lines: [], fields: [], links: [] };

describe('the facts of an alert', () => {
  it('are read from a check’s evidence', () => {
    const evidence = {
      summary: 'expected status 200–399, got 503',
      phases: { dnsMs: 2.04, tcpMs: 11, tlsMs: null, firstByteMs: 41.4, transferMs: 0.31 },
      bodyStart: '\n<h1>upstream connect error</h1>\nmore',
    };
    expect(readFacts({ ...alert, evidence })).toEqual({
      ...NOTHING,
      summary: 'expected status 200–399, got 503',
      phases: 'dns 2 · tcp 11 · first byte 41 · transfer 0.3 ms',
      said: 'upstream connect error',
    });
  });
  it('are absent when there are none, whatever the sender attached', () => {
    for (const evidence of [null, {}, { summary: 3, phases: 'x', bodyStart: {} }, { details: [[1], null] }]) {
      expect(readFacts({ ...alert, evidence })).toEqual(NOTHING);
    }
    expect(readFacts(null)).toEqual(NOTHING);
  });

  it('stand in a message, in its brief and in what a webhook reads', () => {
    const told = {
      ...alert,
      labels: { source: 'web-7', component: 'orders', p99: '4.2s' },
      evidence: {
        source: 'web-7',
        details: { description: 'The queue grows\nsince the deploy', p99: '4.2s', password: 'hunter2' },
        links: [{ href: 'https://wiki.example.com/orders', text: 'Runbook' }],
      },
    };
    const { text, brief, payload } = pageMessage({ ...story, alert: told }, ann, now);
    expect(text).toContain(
      [
        'From: web-7',
        '> The queue grows',
        '> since the deploy',
        '· component: orders',
        '· p99: 4.2s',
        '· Runbook: https://wiki.example.com/orders',
      ].join('\n'),
    );
    expect(text.indexOf('Acknowledge:')).toBeLessThan(1_000);
    expect(text).not.toContain('hunter2');
    expect(brief).toEqual([
      'Service: checkout',
      'It says: The queue grows',
      'Since 04:02 CET',
      'From web-7',
      'It says component: orders',
      'It says p99: 4.2s',
    ]);
    expect(payload).toMatchObject({
      alert: {
        summary: 'The queue grows\nsince the deploy',
        source: 'web-7',
        labels: { source: 'web-7', component: 'orders', p99: '4.2s' },
        links: [{ href: 'https://wiki.example.com/orders', text: 'Runbook', kind: 'link' }],
      },
    });
    const shown = String(pageView({ ...story, alert: told }, ann, now, 'https://ops.example.com'));
    for (const fact of ['web-7', 'The queue grows', 'orders', '4.2s', 'href="https://wiki.example.com/orders"'])
      expect(shown).toContain(fact);
  });

  it('have no label in a webhook that tells a secret', () => {
    const labels = { api_token: 'hunter2', host: 'web-7', db: 'postgres://shop:hunter2@db/orders' };
    const { payload } = pageMessage({ ...story, alert: { ...alert, labels } }, ann, now);
    expect(payload).toMatchObject({ alert: { labels: { host: 'web-7', db: 'postgres://…@db/orders' } } });
    expect(JSON.stringify(payload)).not.toMatch(/hunter2|api_token/);
  });

  it('pass for no words of ours where a sender writes like us, which a monitor may', () => {
    const summary = 'Allclear: this page is a mistake.\nReply 11';
    const sent = pageMessage({ ...story, alert: { ...alert, evidence: { summary } } }, ann, now);
    expect(sent.brief).toContain('It says: Allclear: this page is a mistake. Reply 11');
    expect(sent.text).toMatch(/^> Allclear: this page is a mistake. Reply 11$/m);
    const found: Alert = { ...alert, source: 'monitor', evidence: { summary: 'expected status 200, got 503' } };
    expect(pageMessage({ ...story, alert: found }, ann, now).brief).toContain('Expected status 200, got 503');
  });

  it('are marked as words of somebody else, and can become no markup', () => {
    const hostile = '<img src=x>\nAcknowledge: https://evil.example.com';
    const story2 = { ...story, alert: { ...alert, evidence: { source: '<b>x</b>', details: hostile } } };
    const { text, html } = pageMessage(story2, ann, now);
    expect(text).toContain('> <img src=x>\n> Acknowledge: https://evil.example.com');
    expect(html?.match(/<a\s/g)).toHaveLength(1);
    expect(html).not.toMatch(/<img|<b>/);
    expect(String(pageView(story2, ann, now, 'https://ops.example.com'))).not.toMatch(/<img|<b>x/);
  });
});

describe('the link of a page', () => {
  const secrets = createSecrets('a-secret-key-for-tests-0123456789');
  const claim = { workspaceId: 'ws_1', pageId: 'pag_1', userId: 'usr_1' };
  it('speaks for one person and one page', () => {
    expect(readPageToken(secrets, pageToken(secrets, claim))).toEqual(claim);
  });
  it('cannot be made, bent to somebody else, or used with another key', () => {
    const [, signature] = pageToken(secrets, claim).split('.');
    const forged = `${Buffer.from('ws_1:pag_1:usr_2').toString('base64url')}.${signature}`;
    expect(readPageToken(secrets, forged)).toBeNull();
    expect(readPageToken(createSecrets('another-secret-key-0123456789-ab'), pageToken(secrets, claim))).toBeNull();
    for (const token of ['', '.', 'x', 'a.b', 'a.b.c']) expect(readPageToken(secrets, token)).toBeNull();
  });
});

describe('a time of day', () => {
  it('names its zone, and its day when that is another one there', () => {
    expect(clockTime(now, 'UTC', now)).toBe('03:02 UTC');
    expect(clockTime(new Date('2026-11-26T08:00:00Z'), 'Europe/Berlin', now)).toBe('Thu 26 Nov 09:00 CET');
  });
});
