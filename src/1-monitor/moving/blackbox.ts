import { z } from 'zod';
import { RECORD_TYPES } from '../kind/dns.ts';
import type { Moved } from './contract.ts';
import {
  type Draft,
  INTERVAL,
  type Notes,
  oneLine,
  plain,
  refuseTooMany,
  startDraft,
  TIMEOUT,
  within,
} from './draft.ts';
import { statusRanges } from './translate.ts';

const text = z.string().default('');
const patterns = z.array(z.string()).default([]);
const tls = z
  .object({ insecure_skip_verify: z.boolean().default(false), ca: text })
  .loose()
  .default({ insecure_skip_verify: false, ca: '' });
const http = z
  .object({
    method: z.string().default('GET'),
    valid_status_codes: z.array(z.coerce.string()).default([]),
    headers: z.record(z.string(), z.coerce.string()).default({}),
    body: text,
    no_follow_redirects: z.boolean().default(false),
    follow_redirects: z.boolean().default(true),
    fail_if_body_matches_regexp: patterns,
    fail_if_body_not_matches_regexp: patterns,
    tls_config: tls,
    basic_auth: z.object({ username: text, password: text }).loose().nullish(),
    bearer_token: text,
    proxy_url: text,
    valid_http_versions: z.array(z.string()).default([]),
    enable_http2: z.boolean().default(true),
    authorization: z
      .object({ type: z.string().default('Bearer'), credentials: text })
      .loose()
      .nullish(),
  })
  .loose();
const module_ = z.object({
  prober: z.string(),
  timeout: z.string().nullish(),
  http: http.prefault({}),
  tcp: z
    .object({
      query_response: z.array(z.object({ send: text, expect: text }).loose()).default([]),
      tls: z.boolean().default(false),
      tls_config: tls,
    })
    .loose()
    .prefault({}),
  dns: z
    .object({ query_name: text, query_type: z.string().default('ANY') })
    .loose()
    .prefault({}),
  grpc: z
    .object({ service: text, tls: z.boolean().default(false), tls_config: tls })
    .loose()
    .prefault({}),
});
const job = z
  .object({
    job_name: z.string(),
    metrics_path: z.string().default('/metrics'),
    params: z.record(z.string(), z.array(z.string())).default({}),
    scrape_interval: z.string().nullish(),
    scrape_timeout: z.string().nullish(),
    static_configs: z
      .array(z.object({ targets: z.array(z.string()), labels: z.record(z.string(), z.coerce.string()).default({}) }))
      .default([]),
  })
  .loose();

/** `blackbox.yml`, and the part of `prometheus.yml` that says what is probed; in one file or in two. */
export const blackboxFile = z.object({
  modules: z.record(z.string(), module_).default({}),
  global: z
    .object({ scrape_interval: z.string().default('1m') })
    .loose()
    .prefault({}),
  scrape_configs: z.array(job).default([]),
});
type Module = z.output<typeof module_>;

/** `http_2xx`, which needs no file. */
const USUAL = module_.parse({ prober: 'http' });

/** What is probed through blackbox_exporter becomes monitors here. */
export function moveBlackbox(file: z.output<typeof blackboxFile>, set: string): Moved {
  const targets = file.scrape_configs.flatMap(({ static_configs: list }) => list.map((one) => one.targets.length));
  refuseTooMany(
    targets.reduce((sum, count) => sum + count, 0),
    'targets',
  );
  const draft = startDraft('blackbox');
  for (const one of file.scrape_configs) {
    const name = one.params['module']?.[0];
    if (name === undefined && one.metrics_path !== '/probe') {
      draft.leave(
        'scrape job',
        one.job_name,
        'scrapes metrics and probes nothing; a metric monitor asks Prometheus about them',
      );
      continue;
    }
    const found = file.modules[name ?? 'http_2xx'] ?? ((name ?? 'http_2xx') === 'http_2xx' ? USUAL : undefined);
    if (found === undefined) {
      draft.leave(
        'scrape job',
        one.job_name,
        `its module ${name} is in none of the files; hand in blackbox.yml as well`,
      );
      continue;
    }
    if (Object.keys(one).some((key) => key.endsWith('_sd_configs')))
      draft.leave(
        'scrape job',
        `${one.job_name}: discovered targets`,
        'targets that Prometheus discovers are in no file; write them as static_configs',
      );
    const seconds = secondsOf(one.scrape_interval) ?? secondsOf(file.global.scrape_interval) ?? 60;
    const timeout = secondsOf(found.timeout) ?? secondsOf(one.scrape_timeout) ?? 10;
    const rhythm = {
      intervalSeconds: within(seconds, INTERVAL),
      timeoutSeconds: within(Math.min(timeout, seconds), TIMEOUT),
    };
    const probe = { module: found, moduleName: name ?? 'http_2xx', known: knownOf(found), rhythm };
    for (const { targets, labels } of one.static_configs) {
      const tags = tagsOf(one.job_name, labels);
      for (const target of targets) take(draft, { ...probe, target, tags });
    }
  }
  draft.remark(
    'probe_success and its like stay with blackbox_exporter; Prometheus finds the same here under /metrics.',
  );
  draft.remark(
    'Rules for Alertmanager stay behind: a monitor that is down alerts by itself, by the policy of its service.',
  );
  return draft.end(set);
}

/** What is worked out of a module once, not for each of its targets. */
type Known = { readonly readsFiles: boolean; readonly statuses: ReturnType<typeof statusRanges> };
const knownOf = ({ http: { valid_status_codes: codes, ...rest } }: Module): Known => ({
  readsFiles: /_file"|"oauth2"/.test(JSON.stringify(rest)),
  statuses: statusRanges(codes.length === 0 ? ['200-299'] : codes),
});

function tagsOf(job: string, labels: Readonly<Record<string, string>>): string[] {
  const words = [job, ...Object.entries(labels).map(([label, value]) => `${label}:${value}`)];
  return [...new Set(words.map((word) => oneLine(word, 40).toLowerCase()))].filter(Boolean).slice(0, 20).map(plain);
}

type Probe = {
  readonly target: string;
  readonly tags: readonly string[];
  readonly known: Known;
  readonly module: Module;
  readonly moduleName: string;
  readonly rhythm: Record<string, number>;
};

function take(draft: Draft, probe: Probe): void {
  const { target, tags, module, moduleName, rhythm } = probe;
  const name = oneLine(
    target
      .slice(0, 2_000)
      .replace(/^https?:\/\//, '')
      .replace(/\/$/, ''),
  );
  draft.take({ kind: `${module.prober} probe, module ${moduleName}`, name, section: 'monitors' }, (notes, key) => {
    const asked = askedOf(draft, probe, notes, key);
    if (asked === null) return null;
    return { name: plain(name), tags: [...tags], ...rhythm, ...asked };
  });
}

function askedOf(draft: Draft, probe: Probe, notes: Notes, key: string): Record<string, unknown> | null {
  const { target, module } = probe;
  switch (module.prober) {
    case 'http':
      return httpOf(draft, probe, notes, key);
    case 'icmp':
      return { kind: 'ping', url: `ping://${target}` };
    case 'tcp': {
      const [first, second] = module.tcp.query_response;
      if (second !== undefined)
        notes.lost('all but the first of what is sent and expected; a TCP monitor says one thing and hears one');
      if (first?.expect) notes.changed('what is expected is a text here, no pattern');
      const options = {
        ...(first?.send ? { send: plain(first.send) } : {}),
        ...(first?.expect ? { expect: plain(first.expect.replace(/^\^/, '')) } : {}),
        ...trustOf(module.tcp.tls_config),
      };
      const url = `${module.tcp.tls ? 'tls' : 'tcp'}://${target}`;
      return { kind: 'tcp', url, ...(Object.keys(options).length === 0 ? {} : { options }) };
    }
    case 'dns': {
      const recordType = module.dns.query_type;
      if (module.dns.query_name === '' || !RECORD_TYPES.some((one) => one === recordType)) {
        notes.lost(
          `asks for ${recordType} records of ${module.dns.query_name || 'nothing'}, which is not asked for here`,
        );
        return null;
      }
      if (Object.keys(module.dns).some((one) => one.startsWith('validate_')))
        notes.lost('what its answer must match: write its lines into options.expect');
      return {
        kind: 'dns',
        url: `dns://${module.dns.query_name.replace(/\.$/, '')}`,
        options: { recordType, resolver: target },
      };
    }
    case 'grpc':
      return {
        kind: 'grpc',
        url: `${module.grpc.tls ? 'grpcs' : 'grpc'}://${target}`,
        ...(module.grpc.service === '' ? {} : { options: { service: plain(module.grpc.service) } }),
      };
    default:
      notes.lost(`the prober ${module.prober} is not known`);
      return null;
  }
}

function httpOf(
  draft: Draft,
  { target, known, module: { http: module } }: Probe,
  notes: Notes,
  key: string,
): Record<string, unknown> {
  const headers = { ...module.headers };
  const token =
    module.bearer_token || (module.authorization?.type === 'Bearer' ? module.authorization.credentials : '');
  const user = module.basic_auth?.username ?? '';
  if (known.readsFiles)
    notes.lost('what it reads from files beside it, or OAuth: write the secret into the monitor as ${NAME}');
  for (const word of ['fail_if_header_matches', 'fail_if_header_not_matches', 'fail_if_ssl', 'fail_if_not_ssl'])
    if (word in module) notes.lost(`${word}: write it as an assertion`);
  for (const pattern of module.fail_if_body_matches_regexp)
    notes.lost(`a body that matches ${oneLine(pattern, 80)} is no fault here; use not-contains for a plain text`);
  const tlsFields = trustOf(module.tls_config);
  const options = {
    ...(module.proxy_url === '' || target.startsWith('https:') ? versionOf(module) : {}),
    ...proxyOf(module.proxy_url, (value) => draft.secret(key, 'proxy_password', value), notes),
    ...(user === ''
      ? {}
      : { user: plain(user), password: draft.secret(key, 'password', module.basic_auth?.password ?? '') }),
    ...(token === '' ? {} : { bearerToken: draft.secret(key, 'token', token) }),
  };
  return {
    url: plain(/^https?:\/\//.test(target) ? target : `http://${target}`),
    ...(module.method === 'GET' ? {} : { method: module.method }),
    ...(Object.keys(headers).length === 0 ? {} : { headers: draft.headers(key, headers) }),
    ...(module.body === '' ? {} : { body: plain(module.body) }),
    ...(module.no_follow_redirects || !module.follow_redirects ? { maxRedirects: 0 } : {}),
    ...(Object.keys(tlsFields).length === 0 ? {} : { tls: tlsFields }),
    ...(Object.keys(options).length === 0 ? {} : { options }),
    assertions: [
      { kind: 'status', in: [...known.statuses] },
      ...module.fail_if_body_not_matches_regexp.map((pattern) => ({
        kind: 'body',
        test: 'matches',
        value: plain(pattern),
      })),
    ],
  };
}

/** Whom it trusts, in words that an HTTP monitor's `tls` and the options of other kinds share. */
function trustOf({ insecure_skip_verify: any, ca }: z.output<typeof tls>): Record<string, unknown> {
  return { ...(any ? { skipVerification: true } : {}), ...(ca === '' ? {} : { caPem: plain(ca) }) };
}

function proxyOf(text: string, secret: (value: string) => string, notes: Notes): Record<string, string> {
  if (text === '') return {};
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    notes.lost(`its proxy ${oneLine(text.replace(/\/\/[^@/]*@/, '//'), 120)}: here proxies speak HTTP`);
    return {};
  }
  const proxy = plain(`${url.protocol}//${url.host}`);
  if (url.username === '' && url.password === '') return { proxy };
  const [user = '', password = ''] = [url.username, url.password].map(unescaped);
  return { proxy, proxyUser: plain(user), proxyPassword: secret(password) };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Which versions pass there is what is asked by here; where all do, HTTP/1.1 is, which finds the same. */
function versionOf({ valid_http_versions: valid, enable_http2: may }: Module['http']): { httpVersion?: '2' | 'auto' } {
  const isTwo = (one: string) => one.startsWith('HTTP/2');
  if (!may || !valid.some(isTwo)) return {};
  return { httpVersion: valid.every(isTwo) ? '2' : 'auto' };
}

/** `1m30s`, `500ms` in seconds; null when it is none. */
function secondsOf(length: string | null | undefined): number | null {
  const parts = [...(length ?? '').matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400 };
  const seconds = parts.reduce((sum, [, count, unit = 's']) => sum + Number(count) * (units[unit] ?? 0), 0);
  return seconds > 0 ? seconds : null;
}
