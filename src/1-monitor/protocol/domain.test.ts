import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Rdap, startRdap } from '#test/harness/rdap.ts';
import { askForTest } from './ask-for-test.ts';

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + (days + 0.5) * DAY_MS).toISOString();

let rdap: Rdap;
beforeAll(async () => {
  rdap = await startRdap({
    'shop.test': { ends: inDays(200) },
    'soon.test': { ends: inDays(20) },
    'now.test': { ends: inDays(3) },
    'past.test': { ends: inDays(-4) },
    'held.test': { ends: inDays(200), status: ['client transfer prohibited', 'redemption period'] },
    'mute.test': {},
    'shop.co.test': { ends: inDays(100) },
  });
});
afterAll(() => rdap.close());
beforeEach(() => rdap.setMood({ kind: 'well' }));

const ask = (name: string, options: object = {}) =>
  askForTest('domain', `domain://${name}`, { options: { ...options }, setup: { rdapBootstrapUrl: rdap.listUrl } });

describe('a domain', () => {
  it.each([
    ['shop.test', 'up', null, ''],
    ['soon.test', 'degraded', 'answer', 'in 20 days'],
    ['now.test', 'down', 'answer', 'in 3 days'],
    ['past.test', 'down', 'answer', 'ended on'],
    ['held.test', 'down', 'answer', 'redemption period'],
    ['mute.test', 'unknown', 'no-data', 'does not say when it ends'],
    ['free.test', 'down', 'name-not-found', 'is not registered'],
    ['shop.nowhere', 'unknown', 'no-data', 'no registry for .nowhere'],
  ])('%s is %s', async (name, outcome, kind, words) => {
    const result = await ask(name);
    expect(result.error?.message ?? '').toContain(words);
    expect(result).toMatchObject({ outcome, error: kind === null ? null : { kind } });
  });

  it('says when its registration ends, and what was answered', async () => {
    const result = await askForTest('domain', 'domain://SHOP.test', {
      setup: { rdapBootstrapUrl: rdap.listUrl },
      assertions: [{ kind: 'body', test: 'contains', value: 'somebody else' }],
    });
    expect(result.certificateExpiresAtMs).toBeGreaterThan(Date.now() + 199 * DAY_MS);
    expect(result.evidence?.bodyStart).toContain('domain: shop.test');
    expect(result.evidence?.bodyStart).toContain('registrar: Names & Sons Ltd.');
  });

  it('is found from a name below it, at the registry that knows most of it', async () => {
    expect((await ask('www.eu.shop.co.test')).outcome).toBe('up');
    expect(rdap.asked().slice(-3)).toEqual(['www.eu.shop.co.test', 'eu.shop.co.test', 'shop.co.test']);
  });

  it.each([
    [{ warnDays: 300 }, 'degraded'],
    [{ warnDays: 300, downDays: 250 }, 'down'],
    [{ warnDays: 0, downDays: 0 }, 'up'],
  ])('with %j is %s', async (options, outcome) => {
    expect((await ask('shop.test', options)).outcome).toBe(outcome);
  });
});

describe('a registry', () => {
  it('can be named, whatever the list says', async () => {
    const result = await askForTest('domain', 'domain://shop.test', {
      options: { server: rdap.url },
      setup: { rdapBootstrapUrl: 'http://127.0.0.1:9/none' },
    });
    expect(result).toMatchObject({ outcome: 'up', error: null });
  });

  it.each([
    [{ kind: 'status', status: 429 }, 'asked too often'],
    [{ kind: 'status', status: 503 }, 'answered with status 503'],
    [{ kind: 'hang-up' }, 'could not be asked'],
    [{ kind: 'slow', ms: 3_000 }, 'could not be asked'],
  ] as const)('that fails so (%j) says nothing of the domain', async (mood, words) => {
    rdap.setMood(mood);
    const result = await askForTest('domain', 'domain://shop.test', { options: { server: rdap.url }, timeoutMs: 700 });
    expect(result).toMatchObject({ outcome: 'unknown', error: { kind: 'no-data' } });
    expect(result.error?.message).toContain(words);
  });

  it('that cannot be reached from here is a fault of ours, as is a missing list', async () => {
    const barred = await askForTest('domain', 'domain://shop.test', {
      options: { server: 'http://169.254.169.254/' },
    });
    expect(barred).toMatchObject({ outcome: 'unknown', error: { kind: 'target-not-allowed' } });
    const lost = await askForTest('domain', 'domain://shop.test', {
      setup: { rdapBootstrapUrl: 'http://127.0.0.1:9/none' },
    });
    expect(lost).toMatchObject({ outcome: 'unknown', error: { kind: 'no-data' } });
    expect(lost.error?.message).toContain('the list of registries');
  });
});
