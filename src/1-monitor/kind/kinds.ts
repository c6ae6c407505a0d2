import type { z } from 'zod';
import { tcp } from './tcp.ts';

/** Every kind of monitor that is asked by something else than an HTTP request. */
export const PROTOCOL_KINDS = { tcp } as const;

export type ProtocolKind = keyof typeof PROTOCOL_KINDS;
export type ProtocolOptions = { [Kind in ProtocolKind]: z.output<(typeof PROTOCOL_KINDS)[Kind]['options']> };

/** `heartbeat` is the reverse of all others: silence is failure. */
export const MONITOR_KINDS = ['http', 'tcp', 'heartbeat'] as const satisfies readonly (
  | 'http'
  | 'heartbeat'
  | ProtocolKind
)[];
export type MonitorKind = (typeof MONITOR_KINDS)[number];

export function isProtocolKind(kind: string): kind is ProtocolKind {
  return Object.hasOwn(PROTOCOL_KINDS, kind);
}

/** The kind whose scheme an address has; null for `http:`, for unknown schemes and for none. */
export function kindOfScheme(address: string): ProtocolKind | null {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address.trim())?.[1]?.toLowerCase();
  if (scheme === undefined) return null;
  for (const [name, { schemes }] of Object.entries(PROTOCOL_KINDS))
    if (Object.hasOwn(schemes, scheme) && isProtocolKind(name)) return name;
  return null;
}
