/** What an RDAP answer about a domain says (RFC 9083 §5.3). */
export interface Registration {
  readonly name: string;
  /** Null when the registry does not say. */
  readonly endsAtMs: number | null;
  /** A status by which the domain is not in use; null when it is. */
  readonly heldBy: string | null;
  /** For people, and for assertions: the name, its end, its statuses, its registrar. */
  readonly lines: readonly string[];
}

/** Statuses (RFC 8056) with which nobody finds the domain any more. */
const OUT_OF_USE = new Set(['redemption period', 'pending delete', 'client hold', 'server hold', 'inactive']);
const MAX_LISTED = 50;

/** Null when it is no domain. */
export function readRegistration(answer: unknown): Registration | null {
  const domain = record(answer);
  if (domain === null || domain['objectClassName'] !== 'domain') return null;
  const name = text(domain['unicodeName']) ?? text(domain['ldhName']);
  if (name === null) return null;
  const endsAtMs = endOf(domain['events']);
  const statuses = list(domain['status']).flatMap((status) => text(status)?.toLowerCase() ?? []);
  const registrar = registrarOf(domain['entities']);
  return {
    name: name.toLowerCase().slice(0, 260),
    endsAtMs,
    heldBy: statuses.find((status) => OUT_OF_USE.has(status)) ?? null,
    lines: [
      `domain: ${name.toLowerCase()}`,
      `ends: ${endsAtMs === null ? 'not said' : new Date(endsAtMs).toISOString()}`,
      ...statuses.map((status) => `status: ${status}`),
      ...(registrar === null ? [] : [`registrar: ${registrar}`]),
    ],
  };
}

/** The registry's word counts; a registrar may have been paid longer. */
function endOf(events: unknown): number | null {
  for (const one of list(events)) {
    const event = record(one);
    if (event?.['eventAction'] !== 'expiration') continue;
    const ms = Date.parse(text(event['eventDate']) ?? '');
    if (!Number.isNaN(ms)) return ms;
  }
  return null;
}

/** By its card (RFC 7095): `["vcard", [["fn", {}, "text", "Name"], …]]`. */
function registrarOf(entities: unknown): string | null {
  for (const one of list(entities)) {
    const entity = record(one);
    if (entity === null || !list(entity['roles']).includes('registrar')) continue;
    const full = list(list(entity['vcardArray'])[1]).find((property) => list(property)[0] === 'fn');
    return text(list(full)[3]) ?? text(entity['handle']);
  }
  return null;
}

function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MAX_LISTED) : [];
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 500) : null;
}
