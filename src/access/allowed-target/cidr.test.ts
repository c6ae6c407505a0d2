import { describe, expect, it } from 'vitest';
import { parseTarget } from './cidr.ts';

describe('an allowed target', () => {
  it.each([
    ['127.0.0.0/8', '127.0.0.0/8'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    [' 192.168.1.7 ', '192.168.1.7/32'],
    ['172.16.255.1/12', '172.16.0.0/12'],
    ['::1', '::1/128'],
    ['FD00:1234::7/8', 'fd00::/8'],
    ['fd12:3456:789a:1::1/64', 'fd12:3456:789a:1::/64'],
  ])('%s is kept as %s', (text, cidr) => {
    expect(parseTarget(text)).toBe(cidr);
  });

  it.each([
    '169.254.169.254',
    '169.254.0.0/16',
    '169.254.1.0/24',
    '0.0.0.0/0',
    '160.0.0.0/4',
    'fe80::/10',
    'fe80::1',
    '::/0',
    'fd00:ec2::254',
  ])('%s is refused, because it holds link-local or metadata addresses', (text) => {
    expect(() => parseTarget(text)).toThrow(/link-local/);
  });

  it.each([
    '',
    'localhost',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    '10.0.0/8',
    '::1/129',
    '10.0.0.0/-1',
    '010.0.0.1/8',
  ])('%j is refused, because it is no network', (text) => {
    expect(() => parseTarget(text)).toThrow(/expected an address or network/);
  });
});
