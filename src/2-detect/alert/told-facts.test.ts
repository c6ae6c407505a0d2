import { expect, it } from 'vitest';
import type { AlertSourceRow } from '../alert-source/store.ts';
import { readAlertBody } from '../opsgenie/alert-body.ts';
import { readEvent } from '../pagerduty/event.ts';
import { readEventV1 } from '../pagerduty/event-v1.ts';
import { readAlertmanager } from '../signal/alertmanager.ts';
import { type Claim, signalOf } from '../signal/claim.ts';
import { readGrafana } from '../signal/grafana.ts';
import { toldFacts } from './told-facts.ts';

const none = { title: 'Slow', url: null, labels: {}, evidence: null };

/** What is told of a claim after it was stored. */
function toldOf(claim: Claim | undefined) {
  if (claim === undefined) throw new Error('nothing was read');
  const source = { id: 'src_1', name: 'Tool', workspaceId: 'ws_1', serviceId: null } as AlertSourceRow;
  const { title, url, labels, evidence } = signalOf(source, claim, new Date());
  return toldFacts({
    title,
    url,
    labels: JSON.parse(labels) as Record<string, string>,
    evidence: evidence === null ? null : (JSON.parse(evidence) as Record<string, unknown>),
  });
}

it('are there for an event of PagerDuty', () => {
  const payload = {
    summary: 'Orders are slow',
    source: 'web-7',
    severity: 'error',
    component: 'orders',
    custom_details: { p99: '4.2s', queue: { depth: 12 } },
  };
  const links = [{ href: 'https://wiki.example.com', text: 'Runbook' }];
  const read = readEvent({ event_action: 'trigger', dedup_key: 'x', payload, links }, '{}');
  expect(toldOf(read.ok && 'claim' in read.event ? read.event.claim : undefined)).toEqual({
    source: 'web-7',
    lines: [],
    fields: [
      { name: 'component', value: 'orders' },
      { name: 'p99', value: '4.2s' },
      { name: 'queue.depth', value: '12' },
    ],
    links: [{ href: 'https://wiki.example.com', text: 'Runbook', kind: 'link' }],
  });
  const first = readEventV1({ event_type: 'trigger', description: 'Slow', details: { load: 3 }, client: 'mon' }, '{}');
  expect(toldOf(first.ok && 'claim' in first.event ? first.event.claim : undefined)).toMatchObject({
    source: 'mon',
    fields: [{ name: 'load', value: '3' }],
  });
});

it('are there for Alertmanager, Grafana and Opsgenie', () => {
  const group = {
    receiver: 'r',
    status: 'firing',
    alerts: [
      {
        status: 'firing',
        labels: { alertname: 'Slow', severity: 'critical', instance: 'db1', team: 'shop' },
        annotations: { description: 'The disk is slow', runbook_url: 'https://wiki.example.com/disk' },
        values: { A: 4.25 },
      },
    ],
  };
  const alertmanager = readAlertmanager(group);
  expect(toldOf(alertmanager.ok ? alertmanager.claims[0] : undefined)).toMatchObject({
    fields: [
      { name: 'instance', value: 'db1' },
      { name: 'team', value: 'shop' },
    ],
    links: [{ href: 'https://wiki.example.com/disk', text: 'Runbook' }],
  });
  const grafana = readGrafana(group);
  expect(toldOf(grafana.ok ? grafana.claims[0] : undefined).fields).toContainEqual({ name: 'A', value: '4.25' });
  const opsgenie = readAlertBody({
    message: 'Slow',
    description: 'The disk\nis slow',
    source: 'cron',
    entity: 'db1',
    details: { load: '3' },
  });
  expect(toldOf(opsgenie.ok ? opsgenie.body : undefined)).toMatchObject({
    source: 'cron',
    lines: ['The disk', 'is slow'],
    fields: [
      { name: 'entity', value: 'db1' },
      { name: 'load', value: '3' },
    ],
  });
});

it('are the first lines of a mail, without its title and its rulers', () => {
  const details = 'Slow\n*****\nDisk: 98 %\r\n\tHost: db1\n\nthird\nfourth\nfifth';
  expect(toldFacts({ ...none, evidence: { source: 'cron@example.com', details } })).toMatchObject({
    source: 'cron@example.com',
    lines: ['Disk: 98 %', 'Host: db1', 'third', 'fourth'],
  });
});

it('are what a mapping read into labels', () => {
  const labels = { message: 'Orders wait\nfor 42 s', host: 'eu-1' };
  expect(toldFacts({ ...none, labels, evidence: { source: 'eu', details: null } })).toMatchObject({
    lines: ['Orders wait', 'for 42 s'],
    fields: [{ name: 'host', value: 'eu-1' }],
  });
});

it('are few and short, show no secret, and nothing that turns lines around', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${index}`, 'v'.repeat(5_000)]));
  const evidence = {
    details: { ...many, API_Key: 'abc', auth: { token: 'abc' }, message: `a\u202eb\u0000c ${'long '.repeat(500)}` },
    links: [{ href: `https://example.com/${'x'.repeat(500)}`, text: 'Long' }],
  };
  const told = toldFacts({ ...none, labels: { 'x-secret': 'abc' }, evidence });
  expect(told.fields).toHaveLength(8);
  expect(JSON.stringify(told).length).toBeLessThan(1_500);
  expect(JSON.stringify(told)).not.toMatch(/abc|\u202e|Long/);
  expect(told.lines[0]).toMatch(/^ab c long .*…$/);
  expect(toldFacts({ ...none, evidence: { details: { token: 'abc', db: { password: 'abc' } } } }).fields).toEqual([]);
});

it('show no secret whose name is cut, and nobody’s login', () => {
  const names = [
    'pwd',
    'DB_PASS',
    'passwd',
    'auth',
    'bearer',
    'jwt',
    'session_id',
    'access-key',
    'sshKey',
    'signing key',
  ].concat(['encryption_key', 'sentryDsn', `${'long.'.repeat(20)}token`, 'pass\u200bword']);
  for (const name of names) expect(toldFacts({ ...none, labels: { [name]: 'abc' } }).fields, name).toEqual([]);
  const nested = { ['deep'.repeat(15)]: { password: 'abc' }, api: { key: 'abc' } };
  expect(toldFacts({ ...none, evidence: { details: nested } }).fields).toEqual([]);
  const told = toldFacts({
    ...none,
    url: 'https://shop:abc@example.com',
    labels: { database_url: `postgres://shop:${'abc'.repeat(50)}@db/orders`, author: 'Ann', sessions: '412' },
    evidence: {
      details: `It cannot reach redis://:abc@cache:6379\n${' '.repeat(3_950)}amqp://q:${'abc'.repeat(30)}@mq`,
    },
  });
  expect(JSON.stringify(told)).not.toContain('abc');
  expect(told).toMatchObject({
    lines: ['It cannot reach redis://…@cache:6379', 'amqp://…@mq'],
    fields: [
      { name: 'database_url', value: 'postgres://…@db/orders' },
      { name: 'author', value: 'Ann' },
      { name: 'sessions', value: '412' },
    ],
    links: [],
  });
});
