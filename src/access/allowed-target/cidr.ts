import { BlockList, isIP } from 'node:net';
import { invalid } from '#kernel/errors.ts';
import { classifyAddress } from '#platform/address-guard.ts';

const LINK_LOCAL = ['169.254.0.0/16', 'fe80::/10'] as const;

/**
 * A CIDR in its plain form: a bare address becomes /32 or /128, host bits are cleared (`10.1.2.3/8` → `10.0.0.0/8`).
 * Refuses what is not one, and every range that contains link-local addresses, where clouds hand out credentials.
 */
export function parseTarget(text: string): string {
  const [address = '', bitsText, ...rest] = text.trim().toLowerCase().split('/');
  const family = isIP(address);
  const width = family === 4 ? 32 : 128;
  const bits = bitsText === undefined ? width : /^\d{1,3}$/.test(bitsText) ? Number(bitsText) : Number.NaN;
  if (family === 0 || rest.length > 0 || !(bits >= 0 && bits <= width)) {
    throw invalid('body.cidr', 'expected an address or network such as 192.168.0.0/16');
  }
  const cidr = family === 4 ? networkV4(address, bits) : networkV6(address, bits);
  if (containsLinkLocal(cidr)) {
    throw invalid(
      'body.cidr',
      'contains link-local addresses, which are never allowed; name the private network itself',
    );
  }
  return cidr;
}

function containsLinkLocal(cidr: string): boolean {
  const [address = '', bits] = cidr.split('/');
  const kind = classifyAddress(address);
  if (kind === 'link-local' || kind === 'metadata') return true;
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(address, Number(bits), family);
  return LINK_LOCAL.some((network) => {
    const start = network.split('/')[0] ?? '';
    return (isIP(start) === 4) === (family === 'ipv4') && range.check(start, family);
  });
}

function networkV4(address: string, bits: number): string {
  const value = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const size = 2 ** (32 - bits);
  const start = value - (value % size);
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256);
  return `${octets.join('.')}/${bits}`;
}

/** The URL parser writes an IPv6 address in its shortest form (RFC 5952) and folds an embedded IPv4. */
function networkV6(address: string, bits: number): string {
  const groups = groupsOf(address);
  const value = groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
  const keep = BigInt(128 - bits);
  const start = (value >> keep) << keep;
  const cut = Array.from({ length: 8 }, (_, index) =>
    Number((start >> BigInt((7 - index) * 16)) & 0xffffn).toString(16),
  );
  return `${new URL(`http://[${cut.join(':')}]/`).hostname.slice(1, -1)}/${bits}`;
}

function groupsOf(address: string): number[] {
  const plain = new URL(`http://[${address.replace(/%.*$/, '')}]/`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const parse = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const left = parse(head);
  const right = tail === undefined ? [] : parse(tail);
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
