import { describe, expect, it } from 'vitest';
import { readGrafana } from './grafana.ts';

const ALERT = {
  status: 'firing',
  labels: { alertname: 'High latency', grafana_folder: 'Checkout', severity: 'warning' },
  annotations: { summary: 'Latency is above 2 s' },
  startsAt: '2026-11-25T09:58:00+01:00',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://grafana.example.com/alerting/grafana/abc/view',
  fingerprint: 'c6eadffa33fcdf37',
  silenceURL: 'http://grafana.example.com/alerting/silence/new',
  dashboardURL: '',
  panelURL: 'http://grafana.example.com/d/1?viewPanel=2',
  imageURL: 'ftp://grafana.example.com/image.png',
  values: { B: 2.31, C: 1 },
  valueString: '[ var="B" value=2.31 ]',
};
const GROUP = {
  receiver: 'Allclear',
  status: 'firing',
  orgId: 1,
  alerts: [ALERT],
  groupLabels: { alertname: 'High latency' },
  externalURL: 'http://grafana.example.com/',
  version: '1',
  groupKey: '{}:{alertname="High latency"}',
  truncatedAlerts: 0,
  title: '[FIRING:1] High latency',
  state: 'alerting',
  message: 'x',
};

describe('a message of Grafana', () => {
  it('is what one of Alertmanager is, with values and links', () => {
    expect(readGrafana(GROUP)).toMatchObject({
      ok: true,
      claims: [
        {
          dedupKey: 'Allclear/c6eadffa33fcdf37',
          severity: 'warning',
          title: 'Latency is above 2 s',
          source: 'Checkout',
          url: ALERT.panelURL,
          beganAt: new Date('2026-11-25T08:58:00Z'),
          drill: false,
          evidence: { values: { B: 2.31, C: 1 }, valueString: ALERT.valueString, silenceURL: ALERT.silenceURL },
        },
      ],
    });
  });

  it('keeps with each alert what the message says of all, and no more than that once for a large one', () => {
    const payloads = (value: object) => {
      const read = readGrafana(value);
      return read.ok ? read.claims.map(({ payload }) => payload) : [];
    };
    const [whole] = payloads(GROUP);
    const { alerts: _, ...group } = GROUP;
    expect(JSON.parse(whole ?? '')).toEqual({ alert: ALERT, group });
    const alerts = Array.from({ length: 2_000 }, () => ALERT);
    const many = payloads({ ...GROUP, alerts, message: 'x'.repeat(2_000_000), commonLabels: { team: 'shop' } });
    expect(JSON.parse(many[0] ?? '')).toMatchObject({
      alert: ALERT,
      group: { state: 'alerting', commonLabels: { team: 'shop' }, leftOut: expect.arrayContaining(['message']) },
    });
    const own = JSON.stringify(ALERT).length;
    expect(many.reduce((sum, { length }) => sum + length - own, 0)).toBeLessThan(1_300_000);
  });

  it('opens no address that a browser should not open', () => {
    const read = readGrafana({ ...GROUP, alerts: [{ ...ALERT, panelURL: 'javascript:alert(1)', silenceURL: {} }] });
    expect(read.ok && read.claims[0]?.url).toBe(ALERT.generatorURL);
    expect(JSON.stringify(read.ok && read.claims[0]?.evidence)).not.toContain('ftp:');
  });

  it('of its Test button arrives as a rehearsal that pages nobody', () => {
    const test = {
      ...ALERT,
      labels: { alertname: 'TestAlert', instance: 'Grafana' },
      annotations: { summary: 'Notification test' },
    };
    expect(readGrafana({ ...GROUP, alerts: [test] })).toMatchObject({
      claims: [{ drill: true, severity: 'info', title: 'Test from Grafana: Notification test' }],
    });
  });

  it('without alerts is refused', () => {
    expect(readGrafana({ title: 'Old format', state: 'alerting' })).toMatchObject({ ok: false });
  });
});
