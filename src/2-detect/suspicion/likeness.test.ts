import { describe, expect, it } from 'vitest';
import { likenessKey, likenessOf, likenessWords } from './likeness.ts';

const NAMES = ['app', 'cluster'];
const none = { serviceId: null, alertSourceId: null, labels: {} };
const keyOf = (alert: Partial<Parameters<typeof likenessOf>[0]>) => {
  const likeness = likenessOf({ ...none, ...alert }, NAMES);
  return likeness === null ? null : likenessKey(likeness);
};

describe('alerts are alike', () => {
  it('when they are of one service, whatever sent them and whatever their labels say', () => {
    const one = keyOf({ serviceId: 'svc_1', alertSourceId: 'src_1', labels: { app: 'a' } });
    expect(keyOf({ serviceId: 'svc_1', alertSourceId: 'src_2', labels: { app: 'b' } })).toBe(one);
    expect(keyOf({ serviceId: 'svc_2', alertSourceId: 'src_1', labels: { app: 'a' } })).not.toBe(one);
  });

  it('without a service, when one source sent them and the labels that tell its alerts apart say the same', () => {
    const one = keyOf({ alertSourceId: 'src_1', labels: { app: 'a', host: 'db-1' } });
    expect(keyOf({ alertSourceId: 'src_1', labels: { app: 'a', host: 'db-2' } })).toBe(one);
    expect(keyOf({ alertSourceId: 'src_1', labels: { app: 'b' } })).not.toBe(one);
    expect(keyOf({ alertSourceId: 'src_1', labels: { app: 'a', cluster: 'eu' } })).not.toBe(one);
    expect(keyOf({ alertSourceId: 'src_2', labels: { app: 'a' } })).not.toBe(one);
  });

  it('and to nothing when neither a service nor a source is known, or none of those labels says anything', () => {
    expect(keyOf({ labels: { app: 'a' } })).toBeNull();
    expect(keyOf({ alertSourceId: 'src_1' })).toBeNull();
    expect(keyOf({ alertSourceId: 'src_1', labels: { app: '', host: 'db-1' } })).toBeNull();
    expect(likenessOf({ ...none, alertSourceId: 'src_1', labels: { app: 'a' } }, [])).toBeNull();
  });

  it('and say what is the same', () => {
    expect(likenessWords({ by: 'service', serviceId: 'svc_1' }, 'Shop', 'A')).toBe('of the same service “Shop” as “A”');
    const labels = { app: 'a', cluster: '' };
    expect(likenessWords({ by: 'source', sourceId: 'src_1', labels }, 'Prometheus', 'A')).toBe(
      'from the same source “Prometheus” as “A” and says the same of app=a',
    );
  });
});
