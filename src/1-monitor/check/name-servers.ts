import { Resolver, type RecordWithTtl } from 'node:dns';
import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseHosts } from './hosts-file.ts';

export type NameAnswer =
  | { readonly kind: 'found'; readonly addresses: readonly string[]; readonly ttlMs: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly why: string };

type FamilyAnswer = { readonly records: readonly RecordWithTtl[] } | { readonly code: string };

const NOTHING: FamilyAnswer = { records: [] };
const HOSTS_FILE = '/etc/hosts';
const HOSTS_RECHECK_MS = 5_000;
const QUERY_TIMEOUT_MS = 1_500;
const QUERY_TRIES = 2;
/** How long a found IPv4 address waits for the IPv6 answer (RFC 8305 §3). */
const SECOND_FAMILY_MS = 50;

/** Our own questions to the configured name servers (c-ares, no thread per question), and the hosts file. */
export class NameServers {
  readonly #resolver = new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: QUERY_TRIES });
  #hosts: ReadonlyMap<string, readonly string[]> = new Map();
  #hostsChangedMs = -1;
  #hostsCheckedMs = -Infinity;

  /** `servers`: in place of the system's, as "address:port". */
  constructor(servers?: readonly string[]) {
    if (servers !== undefined) this.#resolver.setServers(servers);
  }

  /** Both families at once; IPv4 first. SERVFAIL counts as the servers' failure: the name may well exist. */
  async query(name: string): Promise<NameAnswer> {
    const asked = this.#family(name, 6);
    const four = await this.#family(name, 4);
    const enough = 'records' in four && four.records.length > 0;
    const six = await (enough ? Promise.race([asked, sleep(SECOND_FAMILY_MS, NOTHING, { ref: false })]) : asked);
    const records = [four, six].flatMap((answer) => ('records' in answer ? answer.records : []));
    if (records.length > 0) {
      const ttl = Math.min(...records.map((record) => record.ttl));
      return { kind: 'found', addresses: records.map((record) => record.address), ttlMs: ttl * 1000 };
    }
    const codes = [four, six].flatMap((answer) => ('code' in answer ? [answer.code] : []));
    const fault = codes.find((code) => code !== 'ENOTFOUND' && code !== 'ENODATA');
    return fault === undefined ? { kind: 'absent' } : { kind: 'failed', why: fault };
  }

  /** Whether any name server answers at all: who serves the root is asked, which every resolver knows. */
  async areReachable(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#resolver.resolveNs('.', (error) => resolve(error === null));
    });
  }

  /** Read again when the file changes, looked at no more than every 5 s. */
  hosts(): ReadonlyMap<string, readonly string[]> {
    const nowMs = performance.now();
    if (nowMs - this.#hostsCheckedMs < HOSTS_RECHECK_MS) return this.#hosts;
    this.#hostsCheckedMs = nowMs;
    try {
      const changedMs = statSync(HOSTS_FILE).mtimeMs;
      if (changedMs !== this.#hostsChangedMs) this.#hosts = parseHosts(readFileSync(HOSTS_FILE, 'utf8'));
      this.#hostsChangedMs = changedMs;
    } catch {
      this.#hosts = new Map();
    }
    return this.#hosts;
  }

  #family(name: string, family: 4 | 6): Promise<FamilyAnswer> {
    return new Promise((resolve) => {
      const done = (error: NodeJS.ErrnoException | null, records: RecordWithTtl[]): void =>
        resolve(error === null ? { records } : { code: error.code ?? error.message });
      if (family === 4) this.#resolver.resolve4(name, { ttl: true }, done);
      else this.#resolver.resolve6(name, { ttl: true }, done);
    });
  }
}
