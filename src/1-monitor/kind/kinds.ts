import type { z } from 'zod';
import { api } from './api.ts';
import { dns } from './dns.ts';
import type { Kind } from './kind.ts';
import { domain } from './domain.ts';
import { exec } from './exec.ts';
import { grpc } from './grpc.ts';
import { journey } from './journey.ts';
import { imap, pop3, smtp } from './mail.ts';
import { metric } from './metric.ts';
import { mysql } from './mysql.ts';
import { ping } from './ping.ts';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';
import { tcp } from './tcp.ts';
import { udp } from './udp.ts';
import { websocket } from './websocket.ts';

/** Every kind of monitor that is asked by something else than an HTTP request. */
export const PROTOCOL_KINDS = {
  api,
  tcp,
  ping,
  dns,
  websocket,
  postgres,
  mysql,
  redis,
  smtp,
  imap,
  pop3,
  udp,
  grpc,
  exec,
  domain,
  metric,
  journey,
} as const;

export type ProtocolKind = keyof typeof PROTOCOL_KINDS;
export type ProtocolOptions = { [Kind in ProtocolKind]: z.output<(typeof PROTOCOL_KINDS)[Kind]['options']> };

/** What we ask. */
export type AskedKind = 'http' | ProtocolKind;

/** What is told to us, at an address with a key: the silence of a `heartbeat` is failure, that of a `value` is unknown. */
export type ToldKind = 'heartbeat' | 'value';

export type MonitorKind = AskedKind | ToldKind;
export const MONITOR_KINDS: readonly MonitorKind[] = [
  'http',
  ...Object.keys(PROTOCOL_KINDS).filter(isProtocolKind),
  'heartbeat',
  'value',
];

export function isAsked(kind: MonitorKind): kind is AskedKind {
  return !isTold(kind);
}

export function isTold(kind: MonitorKind): kind is ToldKind {
  return kind === 'heartbeat' || kind === 'value';
}

/** What is special about a kind, if anything. */
export function traitsOf(kind: MonitorKind): Pick<Kind<string, z.ZodObject>, 'elsewhere' | 'interval'> {
  return isProtocolKind(kind) ? PROTOCOL_KINDS[kind] : {};
}

export function isProtocolKind(kind: string): kind is ProtocolKind {
  return Object.hasOwn(PROTOCOL_KINDS, kind);
}

/** The kind whose scheme an address has; null for addresses of the web, for unknown schemes and for none. */
export function kindOfScheme(address: string): ProtocolKind | null {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address.trim())?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === 'http' || scheme === 'https') return null;
  for (const [name, { schemes }] of Object.entries(PROTOCOL_KINDS))
    if (Object.hasOwn(schemes, scheme) && isProtocolKind(name)) return name;
  return null;
}

/** A kind with its options, those not given by their defaults. Throws for what is none of its options. */
export function parseOptions(kind: ProtocolKind, given: Readonly<Record<string, unknown>>): KindWithOptions {
  return { kind, options: PROTOCOL_KINDS[kind].options.parse(given) } as KindWithOptions;
}

type KindWithOptions = {
  [Kind in ProtocolKind]: { readonly kind: Kind; readonly options: ProtocolOptions[Kind] };
}[ProtocolKind];
