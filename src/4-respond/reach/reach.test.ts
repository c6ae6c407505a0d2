import { expect, it } from 'vitest';
import { type Method, reachOf, type Rule } from './reach.ts';

const ann = { id: 'usr_a', name: 'Ann', active: true };
const now = new Date('2026-11-25T03:00:00Z');
const mail: Method = { id: 'cmt_m', userId: ann.id, kind: 'email', address: 'a@x.example', verifiedAt: now };
const ntfy: Method = { id: 'cmt_n', userId: ann.id, kind: 'ntfy', address: 'https://n.example/a', verifiedAt: now };
const at = (contactMethodId: string, delaySeconds: number, urgency: Rule['urgency'] = 'high'): Rule => ({
  contactMethodId,
  delaySeconds,
  urgency,
});
const works = (): boolean => true;

it('orders the methods of the urgency by delay', () => {
  const reach = reachOf(ann, [mail, ntfy], [at('cmt_m', 60), at('cmt_n', 0), at('cmt_m', 0, 'low')], 'high', works);
  expect(reach.unreachable).toBeNull();
  expect(reach.methods.map(({ contactMethodId, delaySeconds }) => [contactMethodId, delaySeconds])).toEqual([
    ['cmt_n', 0],
    ['cmt_m', 60],
  ]);
});

it.each([
  ['is deactivated', { ...ann, active: false }, [mail], [at('cmt_m', 0)], works],
  ['has no contact method', ann, [], [], works],
  ['has no verified contact method', ann, [{ ...mail, verifiedAt: null }], [at('cmt_m', 0)], works],
  ['can only be reached by mail, which is not configured', ann, [mail], [at('cmt_m', 0)], (): boolean => false],
  ['has no notification rule for high urgency', ann, [mail], [at('cmt_m', 0, 'low')], works],
] as const)('says why: %s', (why, person, methods, rules, channels) => {
  const reach = reachOf(person, methods, rules, 'high', channels);
  expect(reach).toMatchObject({ methods: [], unreachable: `Ann ${why}` });
});

it('ignores the methods of others', () => {
  const other = { ...mail, userId: 'usr_b' };
  expect(reachOf(ann, [other], [at('cmt_m', 0)], 'high', works).unreachable).toBe('Ann has no contact method');
});
