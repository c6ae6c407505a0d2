import { BlockList, isIP } from 'node:net';

/** What kind of place an IP address is. `metadata` are the fixed addresses where clouds hand out credentials. */
export type AddressClass =
  | 'public'
  | 'private'
  | 'loopback'
  | 'reserved'
  | 'link-local'
  | 'metadata'
  | 'multicast'
  | 'unspecified';

/** No list can allow these: nothing anybody wants to watch lives there, and credentials do. */
const NEVER: ReadonlySet<AddressClass> = new Set(['link-local', 'metadata', 'multicast', 'unspecified']);

/** First match wins. Sources: the IANA special-purpose registries (RFC 6890) and the clouds' manuals. */
const SPECIAL: readonly (readonly [AddressClass, readonly string[]])[] = [
  [
    'metadata',
    [
      '169.254.169.254/32',
      '169.254.170.2/32',
      '169.254.170.23/32',
      '100.100.100.200/32',
      '168.63.129.16/32',
      '192.0.0.192/32',
      'fd00:ec2::/64',
      'fd20:ce::254/128',
    ],
  ],
  ['loopback', ['127.0.0.0/8', '::1/128']],
  ['link-local', ['169.254.0.0/16', 'fe80::/10']],
  ['private', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7', '64:ff9b:1::/48']],
  ['multicast', ['224.0.0.0/4', '255.255.255.255/32', 'ff00::/8']],
  ['unspecified', ['0.0.0.0/8', '::/128']],
  [
    'reserved',
    [
      '192.0.0.0/24',
      '192.0.2.0/24',
      '192.88.99.0/24',
      '198.18.0.0/15',
      '198.51.100.0/24',
      '203.0.113.0/24',
      '240.0.0.0/4',
      '2001::/23',
      '2001:db8::/32',
      '2002::/16',
      '3fff::/20',
    ],
  ],
];

const GLOBAL_UNICAST_V6 = blockList(['2000::/3']);
const SPECIAL_LISTS = SPECIAL.map(([kind, cidrs]) => [kind, blockList(cidrs)] as const);

/**
 * The class of a literal IP address, as a socket would see it: IPv4 inside IPv6 (`::ffff:10.0.0.1`, `::10.0.0.1`,
 * NAT64) counts as that IPv4. Throws on anything that is not an address; names must be resolved first.
 */
export function classifyAddress(address: string): AddressClass {
  const plain = unwrap(address);
  const family = isIP(plain);
  if (family === 0) throw new TypeError(`not an IP address: ${plain.slice(0, 80)}`);
  const name = family === 4 ? 'ipv4' : 'ipv6';
  for (const [kind, list] of SPECIAL_LISTS) if (list.check(plain, name)) return kind;
  return family === 4 || GLOBAL_UNICAST_V6.check(plain, 'ipv6') ? 'public' : 'reserved';
}

/**
 * A test for many addresses against one list of CIDRs: public ones pass, private, loopback and reserved ones only when
 * listed; link-local, cloud metadata, multicast and unspecified never.
 */
export function createTargetGuard(allowedTargets: readonly string[]): (address: string) => boolean {
  const allowed = blockList(allowedTargets);
  return (address) => {
    const plain = unwrap(address);
    if (isIP(plain) === 0) return false;
    const kind = classifyAddress(plain);
    if (kind === 'public') return true;
    return !NEVER.has(kind) && allowed.check(plain, isIP(plain) === 4 ? 'ipv4' : 'ipv6');
  };
}

/** `createTargetGuard` for one address. */
export function isAllowedTarget(address: string, allowedTargets: readonly string[]): boolean {
  return createTargetGuard(allowedTargets)(address);
}

/**
 * The CIDR to offer an owner for a refused address: the whole loopback or private block it lies in. Null when no list
 * could allow it.
 */
export function suggestAllowedTarget(address: string): string | null {
  const plain = unwrap(address);
  const kind = classifyAddress(plain);
  if (kind === 'public' || NEVER.has(kind)) return null;
  const family = isIP(plain) === 4 ? 'ipv4' : 'ipv6';
  const cidrs = SPECIAL.find(([name]) => name === kind)?.[1] ?? [];
  const containing = cidrs.find((cidr) => blockList([cidr]).check(plain, family));
  return containing ?? `${plain}/${family === 'ipv4' ? 32 : 128}`;
}

function blockList(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', bits = ''] = cidr.split('/');
    list.addSubnet(network, Number(bits), isIP(network) === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

/** Strips brackets and zone, and unfolds an embedded IPv4 address. */
function unwrap(address: string): string {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (isIP(bare) !== 6) return bare;
  const groups = expand(bare);
  const prefix = groups.slice(0, 6).join(':');
  const low = [groups[6] ?? 0, groups[7] ?? 0] as const;
  const embeds =
    prefix === '0:0:0:0:0:65535' || // ::ffff:0:0/96, IPv4-mapped (RFC 4291)
    prefix === '0:0:0:0:65535:0' || // ::ffff:0:0:0/96, IPv4-translated (RFC 2765)
    prefix === '100:65435:0:0:0:0' || // 64:ff9b::/96, NAT64 (RFC 6052)
    (prefix === '0:0:0:0:0:0' && (low[0] !== 0 || low[1] > 1)); // IPv4-compatible, deprecated
  return embeds ? [low[0] >> 8, low[0] & 255, low[1] >> 8, low[1] & 255].join('.') : bare;
}

/** The eight groups of an IPv6 address as numbers. */
function expand(address: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const hex = (high: string | undefined, low: string | undefined) => ((Number(high) << 8) | Number(low)).toString(16);
  const plain = dotted ? `${dotted[1]}${hex(dotted[2], dotted[3])}:${hex(dotted[4], dotted[5])}` : address;
  const [head = '', tail] = plain.split('::');
  const parse = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const left = parse(head);
  const right = tail === undefined ? [] : parse(tail);
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
