import { describe, expect, it } from 'vitest';
import type { AccessRole, Actor } from '#kernel/actor.ts';
import { checkMayManage, checkOwnerRemains, covers, lowerRole } from './member-rules.ts';

const as = (role: AccessRole): Actor => ({ kind: 'user', userId: 'usr_1', role, channel: 'web' });

describe('who may change whom', () => {
  it('an owner may touch owners, an admin may not', () => {
    expect(() => checkMayManage(as('owner'), 'owner')).not.toThrow();
    expect(() => checkMayManage(as('admin'), 'member', 'admin')).not.toThrow();
    expect(() => checkMayManage(as('admin'), 'owner')).toThrow(/Only an owner/);
    expect(() => checkMayManage(as('admin'), 'member', 'owner')).toThrow(/Only an owner/);
  });

  it('the last owner stays', () => {
    const olive = { id: 'usr_1', name: 'Olive' };
    expect(() => checkOwnerRemains(['usr_1'], olive)).toThrow('Olive is the only owner');
    expect(() => checkOwnerRemains([], olive)).toThrow('only owner');
    expect(() => checkOwnerRemains(['usr_1', 'usr_2'], olive)).not.toThrow();
  });

  it('roles are ordered, so a key never has more than its maker', () => {
    expect(covers('admin', 'member')).toBe(true);
    expect(covers('member', 'admin')).toBe(false);
    expect(lowerRole('owner', 'viewer')).toBe('viewer');
    expect(lowerRole('member', 'admin')).toBe('member');
  });
});
