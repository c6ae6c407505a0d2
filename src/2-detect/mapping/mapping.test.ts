import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapping as mappingSchema, type MappingInput } from './contract.ts';
import { applyMapping, compileMapping } from './mapping.ts';
import { MAPPING_PRESETS } from './presets.ts';
import { isOpenable, subscriptionIn } from './subscription.ts';
import { tryOn } from './try-on.ts';

const apply = (input: MappingInput, value: unknown) => applyMapping(compileMapping(mappingSchema.parse(input)), value);
const preset = (id: string) => {
  const found = MAPPING_PRESETS.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe('a mapping', () => {
  const input: MappingInput = {
    title: '{{host}} {{check}}',
    dedupKey: 'id',
    status: { from: 'state', resolved: ['ok'], ignored: ['ack'] },
    severity: { from: 'level', values: { red: 'critical' }, otherwise: 'warning' },
    url: 'link',
    labels: { team: 'owner.team' },
  };

  it('makes a signal of another tool’s JSON', () => {
    const value = {
      host: 'db1',
      check: 'disk',
      id: 7,
      state: 'BAD',
      level: 'Red',
      link: 'https://x.test/7',
      owner: { team: 'dba' },
    };
    expect(apply(input, value)).toMatchObject({
      outcome: 'firing',
      body: {
        title: 'db1 disk',
        dedupKey: '7',
        status: 'firing',
        severity: 'critical',
        url: 'https://x.test/7',
        labels: { team: 'dba' },
      },
    });
    expect(apply(input, { ...value, state: 'OK' })).toMatchObject({ outcome: 'resolved' });
    expect(apply(input, { ...value, state: 'Ack' })).toMatchObject({ outcome: 'ignored' });
  });

  it('refuses what has no title or no key, and says which path led nowhere', () => {
    expect(apply(input, { id: 7 })).toMatchObject({
      outcome: 'refused',
      errors: [{ path: 'body', message: expect.stringMatching(/^has no title: /) as string }],
    });
    expect(apply(input, { host: 'db1' })).toMatchObject({
      outcome: 'refused',
      errors: [{ path: 'body', message: 'has no key: there is no $.id' }],
    });
  });

  it('leaves out a link that is none, and says so', () => {
    const mapped = apply(input, { host: 'db1', id: 1, link: 'javascript:alert(1)' });
    expect(mapped).toMatchObject({ outcome: 'firing', body: { title: 'db1' } });
    expect(mapped.fields.find(({ field }) => field === 'url')).toMatchObject({ value: null });
  });

  it('keeps long keys apart', () => {
    const long = 'k'.repeat(600);
    const keys = [`${long}a`, `${long}b`].map((id) => {
      const mapped = apply(input, { host: 'x', id });
      return mapped.outcome === 'firing' ? mapped.body.dedupKey : null;
    });
    expect(keys[0]).not.toBe(keys[1]);
    for (const key of keys) expect(key?.length).toBeLessThanOrEqual(500);
  });

  it.each([
    [{ title: 'a..b' }, 'title'],
    [{ title: 'a', status: { from: '{{x' } }, 'status'],
    [{ title: 'a', severity: { from: 'x', values: { red: 'fatal' } } }, 'severity'],
    [{ title: 'a', labels: { x: '' } }, 'labels'],
  ])('is refused as %j', (bad, field) => {
    const parsed = mappingSchema.safeParse(bad);
    expect(parsed.error?.issues[0]?.path[0]).toBe(field);
  });

  it('never throws, whatever the payload', () => {
    const all = [input, ...MAPPING_PRESETS.map((one) => one.mapping)].map((one) =>
      compileMapping(mappingSchema.parse(one)),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const one of all) applyMapping(one, value);
      }),
    );
    const awkward = { host: 'a\ud800\u0000\r\nb', id: { x: ['y'] }, level: [], link: 'http://' };
    expect(apply(input, awkward)).toMatchObject({ outcome: 'firing' });
  });
});

describe('the presets', () => {
  it.each(MAPPING_PRESETS.map((one) => [one.name, one] as const))('%s reads its own sample', (_, one) => {
    const trial = tryOn(mappingSchema.parse(one.mapping), JSON.stringify(one.sample));
    expect(trial).toMatchObject({ outcome: 'firing' });
    expect(trial.signal?.dedupKey).toBeDefined();
  });

  it('see a recovery as the same alert', () => {
    const recovered: [string, object][] = [
      ['sentry', { action: 'resolved', data: { issue: { id: '4183', title: 'TypeError', level: 'error' } } }],
      ['datadog', { ...preset('datadog').sample, alert_transition: 'Recovered' }],
      ['zabbix', { ...preset('zabbix').sample, event_value: '0' }],
      ['grafana-oncall', { ...preset('grafana-oncall').sample, state: 'ok' }],
      ['goalert', { ...preset('goalert').sample, action: 'close' }],
      [
        'cloudwatch',
        {
          Type: 'Notification',
          Message: JSON.stringify({
            AlarmName: 'cpu-high-web',
            AlarmArn: 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:cpu-high-web',
            NewStateValue: 'OK',
          }),
        },
      ],
    ];
    for (const [id, payload] of recovered) {
      const { mapping, sample } = preset(id);
      const firing = apply(mapping, sample);
      const resolved = apply(mapping, payload);
      expect(resolved).toMatchObject({ outcome: 'resolved' });
      if (firing.outcome !== 'firing' || resolved.outcome !== 'resolved') throw new Error(id);
      expect(resolved.body.dedupKey).toBe(firing.body.dedupKey);
    }
  });

  it('count mentions of the same on social media as one alert, and leave praise alone', () => {
    const { mapping, sample } = preset('social');
    const first = apply(mapping, sample);
    expect(first).toMatchObject({
      outcome: 'firing',
      body: {
        title: 'Acme checkout on Mastodon',
        dedupKey: 'mentions of Acme checkout',
        severity: 'warning',
        labels: { network: 'Mastodon', text: expect.stringContaining('Cannot pay'), reach: '1840' },
      },
    });
    const other = { query: 'Acme checkout', platform: 'Reddit', author: 'max', content: 'down?', tone: 'neutral' };
    expect(apply(mapping, other)).toMatchObject({
      outcome: 'firing',
      body: { dedupKey: 'mentions of Acme checkout', severity: 'info', source: 'max' },
    });
    expect(apply(mapping, { ...sample, sentiment: 'Positive' }).outcome).toBe('ignored');
    expect(apply(mapping, { ...sample, sentiment: undefined })).toMatchObject({ body: { severity: 'warning' } });
  });

  it('ignore a GitHub workflow that has only begun, and GitHub’s ping', () => {
    const { mapping } = preset('github');
    expect(apply(mapping, { action: 'requested', workflow_run: { conclusion: null } }).outcome).toBe('ignored');
    expect(apply(mapping, { zen: 'Keep it logically awesome.', hook_id: 1 }).outcome).toBe('ignored');
  });
});

describe('a subscription of SNS', () => {
  const url = 'https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=x';
  it('is seen, and opened only at Amazon', () => {
    expect(subscriptionIn({ Type: 'SubscriptionConfirmation', TopicArn: 'arn:x', SubscribeURL: url })).toEqual({
      topicArn: 'arn:x',
      subscribeUrl: url,
    });
    expect(subscriptionIn({ Type: 'Notification', TopicArn: 'arn:x', SubscribeURL: url })).toBeNull();
    expect(
      subscriptionIn({ Type: 'SubscriptionConfirmation', TopicArn: 'a', SubscribeURL: 'javascript:alert(1)' }),
    ).toBeNull();
    expect(isOpenable(url)).toBe(true);
  });

  it.each([
    'http://sns.eu-central-1.amazonaws.com/',
    'https://amazonaws.com.example.com/',
    'https://evil-amazonaws.com/',
    'https://sns.amazonaws.com@example.com/',
    'https://u:p@sns.amazonaws.com/',
    'https://sns.amazonaws.com:8443/',
    'not a url',
  ])('is not opened at %s', (address) => expect(isOpenable(address)).toBe(false));
});
