import { describe, expect, it } from 'vitest';
import { readAlertmanager } from './alertmanager.ts';
import type { Claim } from './claim.ts';

const ALERT = {
  status: 'firing',
  labels: { alertname: 'DiskFull', instance: 'db1:9100', severity: 'critical' },
  annotations: { summary: 'The disk of db1 is full', description: 'Only 2 %\nare left.' },
  startsAt: '2026-11-25T09:58:00.123Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus.example.com/graph?g0.expr=up',
  fingerprint: '0c4d5e6f7a8b9c0d',
};
const GROUP = {
  version: '4',
  groupKey: '{}:{alertname="DiskFull"}',
  truncatedAlerts: 0,
  status: 'firing',
  receiver: 'allclear',
  groupLabels: { alertname: 'DiskFull' },
  commonLabels: {},
  commonAnnotations: {},
  externalURL: 'http://alertmanager.example.com',
  alerts: [ALERT],
};

function claims(value: unknown): readonly Claim[] {
  const read = readAlertmanager(value);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.claims;
}
function faults(value: unknown): readonly string[] {
  const read = readAlertmanager(value);
  return read.ok ? [] : read.errors.map(({ path }) => path);
}

describe('a message of Alertmanager', () => {
  it('is a claim for each alert, named by receiver and fingerprint, with the labels as they are', () => {
    expect(claims(GROUP)).toMatchObject([
      {
        dedupKey: 'allclear/0c4d5e6f7a8b9c0d',
        status: 'firing',
        severity: 'critical',
        title: 'The disk of db1 is full',
        source: 'db1:9100',
        labels: ALERT.labels,
        url: ALERT.generatorURL,
        beganAt: new Date('2026-11-25T09:58:00.123Z'),
        drill: false,
        evidence: { summary: 'Only 2 % are left.', receiver: 'allclear', group: GROUP.groupLabels },
      },
    ]);
  });

  it('ends each alert for itself', () => {
    const other = { ...ALERT, fingerprint: 'ffff', status: 'resolved' };
    expect(claims({ ...GROUP, alerts: [ALERT, other] }).map(({ status }) => status)).toEqual(['firing', 'resolved']);
  });

  it.each([
    [{ severity: 'page' }, 'critical'],
    [{ severity: 'Warning' }, 'warning'],
    [{ severity: 'none' }, 'info'],
    [{ priority: 'P2' }, 'error'],
    [{ severity: 'purple' }, 'error'],
    [{}, 'error'],
  ])('with the labels %j is %s', (labels, severity) => {
    expect(claims({ ...GROUP, alerts: [{ ...ALERT, labels }] })[0]?.severity).toBe(severity);
  });

  it.each([
    [{ summary: 'Down' }, { alertname: 'A', instance: 'b' }, 'Down'],
    [{}, { alertname: 'A', instance: 'b' }, 'A on b'],
    [{}, { alertname: 'A' }, 'A'],
    [null, {}, 'An alert without a name'],
  ])('with annotations %j and labels %j is called so', (annotations, labels, title) => {
    expect(claims({ ...GROUP, alerts: [{ ...ALERT, annotations, labels }] })[0]?.title).toBe(title);
  });

  it('names an alert by its labels, in any order, when the sender gives no fingerprint', () => {
    const bare = { status: 'firing', labels: { b: '1', a: '2' } };
    const [one] = claims({ ...GROUP, alerts: [bare] });
    const [same] = claims({ ...GROUP, alerts: [{ ...bare, labels: { a: '2', b: '1' } }] });
    const [another] = claims({ ...GROUP, alerts: [{ ...bare, labels: { a: '2', b: '3' } }] });
    expect(same?.dedupKey).toBe(one?.dedupKey);
    expect(another?.dedupKey).not.toBe(one?.dedupKey);
  });

  it('says that alerts were cut off, by a claim of its own that lasts as long as the group', () => {
    const cut = readAlertmanager({ ...GROUP, truncatedAlerts: 7 });
    expect(cut).toMatchObject({ ok: true, note: 'Alertmanager cut off 7 alerts of this group.' });
    const said = claims({ ...GROUP, truncatedAlerts: 7 })[1];
    expect(said).toMatchObject({ status: 'firing', severity: 'critical' });
    expect(said?.title).toContain('7 alerts');
    const over = claims({ ...GROUP, status: 'resolved', alerts: [{ ...ALERT, status: 'resolved' }] })[1];
    expect(over).toMatchObject({ status: 'resolved', dedupKey: said?.dedupKey });
  });

  it('leaves out decoration that is not as expected, and keeps the alert', () => {
    const odd = { ...ALERT, startsAt: 7, generatorURL: 'javascript:alert(1)', fingerprint: null };
    expect(claims({ ...GROUP, externalURL: [], groupLabels: 'x', alerts: [odd] })[0]).toMatchObject({
      beganAt: null,
      url: null,
    });
  });

  it.each([
    [null, 'body'],
    [[], 'body'],
    ['text', 'body'],
    [{}, 'body.alerts'],
    [{ ...GROUP, alerts: [] }, 'body.alerts'],
    [{ ...GROUP, alerts: 'x' }, 'body.alerts'],
    [{ ...GROUP, status: 'burning' }, 'body.status'],
    [{ ...GROUP, alerts: [ALERT, { ...ALERT, labels: undefined }] }, 'body.alerts.1.labels'],
    [{ ...GROUP, alerts: [{ ...ALERT, labels: { a: { b: 1 } } }] }, 'body.alerts.0.labels.a'],
    [{ ...GROUP, alerts: [{ ...ALERT, status: 1 }] }, 'body.alerts.0.status'],
    [{ ...GROUP, alerts: [7] }, 'body.alerts.0'],
  ])('like %j is refused at %s', (value, path) => {
    expect(faults(value)).toContain(path);
  });
});
