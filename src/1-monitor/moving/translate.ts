import type { Notes } from './draft.ts';
import { plain } from './draft.ts';

/** `200-299`, `301` as ranges; what is none is left out, and nothing readable is 200–299. */
export function statusRanges(codes: readonly string[]): { from: number; to: number }[] {
  const ranges = codes.flatMap((code) => {
    const match = /^(\d{3})(?:\s*-\s*(\d{3}))?$/.exec(code.trim());
    const from = Number(match?.[1] ?? 0);
    const to = Number(match?.[2] ?? match?.[1] ?? 0);
    return from >= 100 && to <= 599 && from <= to ? [{ from, to }] : [];
  });
  return ranges.length === 0 ? [{ from: 200, to: 299 }] : ranges.slice(0, 20);
}

/** Every code that a comparison lets through, as ranges; null when it is none that is known. */
export function rangesWhere(test: string, code: number): { from: number; to: number }[] | null {
  const spans: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
    eq: [[code, code]],
    not_eq: [
      [100, code - 1],
      [code + 1, 599],
    ],
    lt: [[100, code - 1]],
    lte: [[100, code]],
    gt: [[code + 1, 599]],
    gte: [[code, 599]],
  };
  const ranges = spans[test]?.map(([from, to]) => ({ from: Math.max(100, from), to: Math.min(599, to) }));
  const whole = ranges?.filter(({ from, to }) => from <= to) ?? [];
  return whole.length === 0 ? null : whole;
}

/** Host and port as they stand in an address; 0 = without one. IPv6 gets its brackets. */
export function hostPort(host: string, port: number): string {
  const bare = host.replace(/^\[|\]$/g, '');
  const shown = bare.includes(':') ? `[${bare}]` : bare;
  return port > 0 ? `${shown}:${port}` : shown;
}

/** A plain path, `data.items[0].name` or `$.data`, as JSONPath; null for what computes. */
export function jsonPathOf(expression: string): string | null {
  const text = expression.trim().replace(/^\$\.?/, '');
  if (text === '') return '$';
  if (!/^(?:[A-Za-z_][\w-]*|\[\d+\])(?:\.[A-Za-z_][\w-]*|\[\d+\])*$/.test(text)) return null;
  const parts = [...text.matchAll(/([A-Za-z_][\w-]*)|\[(\d+)\]/g)];
  return `$${parts.map(([, name, index]) => (name === undefined ? `[${index}]` : /^\w+$/.test(name) ? `.${name}` : `['${name}']`)).join('')}`;
}

type Facts = { readonly address: string; readonly query: string; readonly password: string };

/** A database by its connection string: the account beside the address, its password outside of the file. */
export function databaseOf(
  kind: 'postgres' | 'mysql' | 'redis',
  { address, query, password: beside }: Facts,
  notes: Notes,
  secret: (what: string, value: string) => string,
): Record<string, unknown> | null {
  const [, scheme = '', rest = ''] = /^([a-z]+):\/\/(.*)$/i.exec(address.trim()) ?? [];
  const parsed = URL.parse(`http://${rest}`);
  if (scheme === '' || parsed === null || parsed.hostname === '') {
    notes.lost('its connection string cannot be read; write it as an address such as postgres://db.example.org/shop');
    return null;
  }
  const ours = kind === 'redis' && scheme.toLowerCase() === 'rediss' ? 'rediss' : kind;
  const user = decoded(parsed.username);
  const password = decoded(parsed.password) || beside;
  const reads = /^\s*(select|show|with|values)\b/i.test(query);
  if (query !== '' && !reads && kind !== 'redis')
    notes.changed('its query does more than read, which is not done here; select 1 is asked instead');
  if (parsed.search !== '') notes.lost('the parameters of its address; sslmode and the like are options here');
  const options = {
    ...(user === '' ? {} : { user: plain(user) }),
    ...(password === '' ? {} : { password: secret('password', password) }),
    ...(query !== '' && reads && kind !== 'redis' ? { query: plain(query) } : {}),
  };
  return {
    kind,
    url: `${ours}://${parsed.host}${parsed.pathname === '/' ? '' : parsed.pathname}`,
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
