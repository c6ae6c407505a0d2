import { describe, expect, it } from 'vitest';
import { type AddressClass, classifyAddress, isAllowedTarget, suggestAllowedTarget } from './address-guard.ts';

const cases: readonly (readonly [string, AddressClass])[] = [
  ['1.1.1.1', 'public'],
  ['2606:4700::1111', 'public'],
  ['10.1.2.3', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.0', 'public'],
  ['100.64.0.1', 'private'],
  ['fd12:3456::1', 'private'],
  ['127.8.8.8', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['[::ffff:10.0.0.1]', 'private'],
  ['64:ff9b::10.0.0.1', 'private'],
  ['64:ff9b::1.1.1.1', 'public'],
  ['::10.0.0.1', 'private'],
  ['169.254.1.1', 'link-local'],
  ['fe80::1%eth0', 'link-local'],
  ['169.254.169.254', 'metadata'],
  ['::ffff:169.254.169.254', 'metadata'],
  ['64:ff9b::a9fe:a9fe', 'metadata'],
  ['fd00:ec2::254', 'metadata'],
  ['100.100.100.200', 'metadata'],
  ['0.0.0.0', 'unspecified'],
  ['::', 'unspecified'],
  ['224.0.0.1', 'multicast'],
  ['ff02::1', 'multicast'],
  ['198.51.100.7', 'reserved'],
  ['2001:db8::1', 'reserved'],
  ['2002:7f00:1::', 'reserved'],
  ['fec0::1', 'reserved'],
];

describe('the address guard', () => {
  it.each(cases)('sees %s as %s', (address, kind) => {
    expect(classifyAddress(address)).toBe(kind);
  });

  it('lets public addresses pass and private ones only when listed', () => {
    expect(isAllowedTarget('8.8.8.8', [])).toBe(true);
    expect(isAllowedTarget('127.0.0.1', [])).toBe(false);
    expect(isAllowedTarget('127.0.0.1', ['127.0.0.0/8'])).toBe(true);
    expect(isAllowedTarget('::ffff:127.0.0.1', ['127.0.0.0/8'])).toBe(true);
    expect(isAllowedTarget('10.0.0.1', ['127.0.0.0/8'])).toBe(false);
    expect(isAllowedTarget('::1', ['::1/128'])).toBe(true);
  });

  it('never lets cloud metadata or link-local pass, whatever is listed', () => {
    for (const address of ['169.254.169.254', '169.254.7.7', '::ffff:169.254.169.254', 'fd00:ec2::254', 'fe80::1']) {
      expect(isAllowedTarget(address, ['0.0.0.0/0', '::/0'])).toBe(false);
    }
    expect(isAllowedTarget('0.0.0.0', ['0.0.0.0/0'])).toBe(false);
  });

  it('refuses what is not an address', () => {
    expect(isAllowedTarget('localhost', ['127.0.0.0/8'])).toBe(false);
    expect(isAllowedTarget('0x7f.1', ['127.0.0.0/8'])).toBe(false);
    expect(() => classifyAddress('example.com')).toThrow('not an IP address');
  });

  it('offers the owner the block an address lies in', () => {
    expect(suggestAllowedTarget('127.0.0.1')).toBe('127.0.0.0/8');
    expect(suggestAllowedTarget('192.168.7.1')).toBe('192.168.0.0/16');
    expect(suggestAllowedTarget('::1')).toBe('::1/128');
    expect(suggestAllowedTarget('1.1.1.1')).toBeNull();
    expect(suggestAllowedTarget('169.254.169.254')).toBeNull();
  });
});
