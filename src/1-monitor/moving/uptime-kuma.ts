import { z } from 'zod';
import { RECORD_TYPES } from '../kind/dns.ts';
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
import type { KUMA_TABLES, Moved } from './contract.ts';
import { takeMaintenance } from './kuma-maintenance.ts';
import { databaseOf, hostPort, jsonPathOf, statusRanges } from './translate.ts';

/** A row of a table, or a thing of the backup: names are `upside_down` in one and `upsideDown` in the other. */
const row = z.record(z.string(), z.unknown());
const rows = z.array(row).catch([]);
const backup = z.object({ monitorList: z.array(row), notificationList: rows.default([]) });
type Row = z.output<typeof row>;

export type KumaTables = { readonly [Table in keyof typeof KUMA_TABLES]?: readonly Row[] | undefined };

/** A value by its name in the database, whichever way it is spelt. */
function at(of: Row, name: string): unknown {
  return of[name] ?? of[name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())] ?? null;
}
const textAt = (of: Row, name: string): string => {
  const value = at(of, name);
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
};
const numberAt = (of: Row, name: string): number => {
  const value = Number(at(of, name) ?? 0);
  return Number.isFinite(value) ? value : 0;
};
const isOn = (of: Row, name: string): boolean => ['1', 'true'].includes(textAt(of, name));

/** The tables that a backup of version 1 has, in the same words as those of a database; null when it is none. */
export function tablesOfBackup(document: unknown): KumaTables | null {
  const parsed = backup.safeParse(document);
  if (!parsed.success) return null;
  const { monitorList, notificationList } = parsed.data;
  const tags = monitorList.flatMap((monitor) =>
    rows
      .parse(monitor['tags'] ?? [])
      .map((tag) => ({ ...tag, monitor_id: monitor['id'], tag_id: textAt(tag, 'name') })),
  );
  return {
    monitor: monitorList,
    notification: notificationList,
    tag: tags.map(({ tag_id: name }) => ({ id: name, name })),
    monitor_tag: tags,
  };
}

/** What an installation of Uptime Kuma becomes here. */
export function moveKuma(tables: KumaTables, set: string, now: Date): Moved {
  const draft = startDraft('uptime-kuma');
  const monitors = tables.monitor ?? [];
  refuseTooMany(monitors.length, 'monitors');
  const byId = new Map(monitors.map((one) => [textAt(one, 'id'), one]));
  const services = new Map<string, string>();
  for (const group of monitors.filter((one) => textAt(one, 'type') === 'group')) {
    const name = oneLine(pathOf(group, byId)) || 'Group';
    const key = draft.take({ kind: 'group', name, section: 'services' }, ({ changed }) => {
      changed('a group is a group here, and also a service, which decides who is paged');
      return { name, ...descriptionOf(group) };
    });
    if (key !== null) services.set(textAt(group, 'id'), key);
  }
  const tagsOf = tagsByMonitor(tables);
  const proxies = new Map((tables.proxy ?? []).map((one) => [textAt(one, 'id'), one]));
  const keys = new Map<string, string>();
  for (const monitor of monitors.filter((one) => textAt(one, 'type') !== 'group')) {
    const key = takeMonitor(draft, monitor, {
      service: services.get(textAt(monitor, 'parent')) ?? null,
      group: groupOf(above(monitor, byId)),
      tags: tagsOf.get(textAt(monitor, 'id')) ?? [],
      isPaused: !isOn(monitor, 'active') || isAbovePaused(monitor, byId),
      proxy: proxies.get(textAt(monitor, 'proxy_id')) ?? null,
    });
    if (key !== null) keys.set(textAt(monitor, 'id'), key);
  }
  const named = new Map<string, { readonly monitors: Set<string>; readonly services: Set<string> }>();
  for (const link of tables.monitor_maintenance ?? []) {
    const id = textAt(link, 'maintenance_id');
    const known = named.get(id) ?? { monitors: new Set<string>(), services: new Set<string>() };
    named.set(id, known);
    const key = keys.get(textAt(link, 'monitor_id'));
    const service = services.get(textAt(link, 'monitor_id'));
    if (key !== undefined) known.monitors.add(key);
    if (service !== undefined) known.services.add(service);
  }
  for (const one of tables.maintenance ?? []) {
    const { monitors: watched = [], services: served = [] } = named.get(textAt(one, 'id')) ?? {};
    takeMaintenance(draft, one, { now, monitors: [...watched], services: [...served] });
  }
  for (const one of tables.notification ?? [])
    draft.leave(
      'notification',
      oneLine(textAt(one, 'name')) || 'Notification',
      'who is told is decided by services and their escalation policies: connect the way under Settings (mail, chat, phone), add contact methods or a team channel, and name it in a policy',
    );
  for (const one of tables.status_page ?? [])
    draft.leave(
      'status page',
      oneLine(textAt(one, 'title')) || textAt(one, 'slug'),
      'make one under Status pages; every service that is made is offered as a component of it',
    );
  if (monitors.some((one) => isOn(one, 'expiry_notification') && /^https:/i.test(textAt(one, 'url'))))
    draft.remark(
      'Uptime Kuma told of certificates that end within 21 days. Here the page of a monitor shows the date; for an alert add the assertion { kind: certificate, daysAtLeast: 14 }.',
    );
  draft.remark('The history of checks stays behind: uptime is counted from the first check here.');
  return draft.end(set);
}

type Around = {
  readonly service: string | null;
  readonly group: string | null;
  readonly tags: readonly string[];
  readonly isPaused: boolean;
  readonly proxy: Row | null;
};

function takeMonitor(draft: Draft, monitor: Row, around: Around): string | null {
  const type = textAt(monitor, 'type');
  const name = oneLine(textAt(monitor, 'name')) || `Monitor ${textAt(monitor, 'id')}`;
  return draft.take({ kind: `${type} monitor`, name, section: 'monitors' }, (notes, key) => {
    if (isOn(monitor, 'upside_down')) {
      notes.lost(
        'is upside down: up while nothing answers. There is nothing like it here; watch what closes it instead',
      );
      return null;
    }
    const read = READERS[type];
    if (read === undefined) {
      notes.lost(
        WHY_LEFT[type] ?? `there is no monitor of the kind ${type} here; let a job report to a heartbeat instead`,
      );
      return null;
    }
    const asked = read(
      monitor,
      notes,
      (what, value) => draft.secret(key, what, value),
      (headers) => draft.headers(key, headers),
    );
    if (asked === null) return null;
    if (textAt(monitor, 'description') !== '') notes.lost('its description: monitors have none here, services do');
    return {
      name: plain(name),
      ...(around.service === null ? {} : { service: around.service }),
      ...(around.group === null ? {} : { group: plain(around.group) }),
      ...(around.tags.length === 0 ? {} : { tags: around.tags.map(plain) }),
      ...(around.isPaused ? { paused: true } : {}),
      ...(type === 'push' ? {} : rhythmOf(monitor, notes)),
      ...throughProxy(asked, around.proxy, notes, (value) => draft.secret(key, 'proxy_password', value)),
    };
  });
}

function rhythmOf(monitor: Row, notes: Notes): Record<string, unknown> {
  const interval = numberAt(monitor, 'interval') || 60;
  const retries = numberAt(monitor, 'maxretries');
  const retryEvery = numberAt(monitor, 'retry_interval') || interval;
  const timeout = numberAt(monitor, 'timeout') || interval * 0.8;
  const timeoutSeconds = within(Math.round(timeout * 10) / 10, TIMEOUT);
  const intervalSeconds = within(interval, INTERVAL);
  if (retries > 0 && retryEvery !== interval)
    notes.changed(`retries came every ${retryEvery} s; here each check is one, every ${intervalSeconds} s`);
  if (retries > 19) notes.changed(`${retries} retries: 20 failures in a row are the most here`);
  if (timeout > TIMEOUT[1]) notes.changed(`waited for ${timeout} s: 60 are the most here`);
  return {
    intervalSeconds,
    timeoutSeconds,
    ...(retries > 0 ? { confirm: { failures: Math.min(20, retries + 1) } } : {}),
  };
}

/** The same, asked through what Uptime Kuma asked it through; only HTTP is. */
function throughProxy(
  asked: Record<string, unknown>,
  proxy: Row | null,
  notes: Notes,
  secret: (value: string) => string,
): Record<string, unknown> {
  if (proxy === null || (proxy['active'] !== undefined && !isOn(proxy, 'active')) || 'kind' in asked) return asked;
  const protocol = textAt(proxy, 'protocol');
  if (protocol !== 'http' && protocol !== 'https') {
    notes.lost(
      `was asked through the ${protocol} proxy ${textAt(proxy, 'host')}; here proxies speak HTTP, or a probe behind it asks`,
    );
    return asked;
  }
  const account = isOn(proxy, 'auth')
    ? { proxyUser: plain(textAt(proxy, 'username')), proxyPassword: secret(textAt(proxy, 'password')) }
    : {};
  const url = `${protocol}://${hostPort(textAt(proxy, 'host'), numberAt(proxy, 'port'))}`;
  return { ...asked, options: { ...(asked['options'] as object | undefined), proxy: plain(url), ...account } };
}

type Secret = (what: string, value: string) => string;
type Headers = (headers: Readonly<Record<string, string>>) => Record<string, string>;
type Reader = (monitor: Row, notes: Notes, secret: Secret, headers: Headers) => Record<string, unknown> | null;

const ENCODINGS: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'text/xml; charset=utf-8',
  form: 'application/x-www-form-urlencoded',
};

const readHttp: Reader = (monitor, notes, secret, headersOf) => {
  const url = textAt(monitor, 'url');
  const method = textAt(monitor, 'method').toUpperCase() || 'GET';
  const body = textAt(monitor, 'body');
  const encoding = ENCODINGS[textAt(monitor, 'http_body_encoding')];
  const given = headersIn(textAt(monitor, 'headers'));
  const hasType = Object.keys(given).some((name) => name.toLowerCase() === 'content-type');
  const headers = headersOf({
    ...(body !== '' && encoding !== undefined && !hasType ? { 'Content-Type': encoding } : {}),
    ...given,
  });
  const signIn = signInOf(monitor, notes, secret);
  if (signIn === null) return null;
  const redirects = numberAt(monitor, 'maxredirects');
  const tls = {
    ...(isOn(monitor, 'ignore_tls') ? { skipVerification: true } : {}),
    ...(textAt(monitor, 'tls_ca') === '' ? {} : { caPem: textAt(monitor, 'tls_ca') }),
  };
  return {
    url: plain(url),
    ...(method === 'GET' ? {} : { method }),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...(body === '' ? {} : { body: plain(body) }),
    maxRedirects: within(redirects, [0, 10]),
    ...(Object.keys(tls).length === 0 ? {} : { tls }),
    ...(Object.keys(signIn).length === 0 ? {} : { options: signIn }),
    assertions: [{ kind: 'status', in: statusRanges(codesOf(monitor)) }],
  };
};

function codesOf(monitor: Row): string[] {
  const value = at(monitor, 'accepted_statuscodes_json') ?? monitor['accepted_statuscodes'];
  try {
    return z.array(z.coerce.string()).parse(typeof value === 'string' ? JSON.parse(value) : value);
  } catch {
    return ['200-299'];
  }
}

function headersIn(text: string): Record<string, string> {
  try {
    return z.record(z.string(), z.coerce.string()).parse(JSON.parse(text));
  } catch {
    return {};
  }
}

function signInOf(monitor: Row, notes: Notes, secret: Secret): Record<string, unknown> | null {
  const method = textAt(monitor, 'auth_method');
  const user = textAt(monitor, 'basic_auth_user');
  if (method === 'mtls')
    return {
      clientCertificatePem: plain(textAt(monitor, 'tls_cert')),
      clientKeyPem: secret('client_key', textAt(monitor, 'tls_key')),
    };
  if (method === 'basic' || (['', 'null'].includes(method) && user !== ''))
    return { user: plain(user), password: secret('password', textAt(monitor, 'basic_auth_pass')) };
  if (method === '' || method === 'null') return {};
  notes.lost(
    `signs in by ${method}, which there is not here; use an account, a bearer token or a client certificate, and add it by hand`,
  );
  return null;
}

/** The same request, and one more thing that must hold of its answer. */
const withAssertion =
  (assertionOf: (monitor: Row, notes: Notes) => Record<string, unknown> | null): Reader =>
  (monitor, notes, secret, headers) => {
    const assertion = assertionOf(monitor, notes);
    const asked = assertion === null ? null : readHttp(monitor, notes, secret, headers);
    return asked === null ? null : { ...asked, assertions: [...(asked['assertions'] as unknown[]), assertion] };
  };

const READERS: Readonly<Record<string, Reader>> = {
  http: readHttp,
  keyword: withAssertion((monitor) => ({
    kind: 'body',
    test: isOn(monitor, 'invert_keyword') ? 'not-contains' : 'contains',
    value: plain(textAt(monitor, 'keyword')),
  })),
  'json-query': withAssertion((monitor, notes) => {
    const expression = textAt(monitor, 'json_path') || '$';
    const path = jsonPathOf(expression);
    const test = OPERATORS[textAt(monitor, 'json_path_operator') || '=='];
    if (path === null || test === undefined) {
      notes.lost(
        `asks by the JSONata expression ${oneLine(expression, 200)}; only plain paths carry over: write a json assertion by hand`,
      );
      return null;
    }
    return { kind: 'json', path, test, value: plain(textAt(monitor, 'expected_value')) };
  }),
  port: (monitor) => ({
    kind: 'tcp',
    url: `tcp://${hostPort(textAt(monitor, 'hostname'), numberAt(monitor, 'port'))}`,
  }),
  ping: (monitor, notes) => {
    const size = numberAt(monitor, 'packet_size');
    if (size !== 0 && size !== 56) notes.lost(`packets of ${size} bytes: they have the usual size here`);
    return { kind: 'ping', url: `ping://${hostPort(textAt(monitor, 'hostname'), 0)}` };
  },
  dns: (monitor, notes) => {
    const recordType = textAt(monitor, 'dns_resolve_type') || 'A';
    if (!RECORD_TYPES.some((one) => one === recordType)) {
      notes.lost(`asks for ${recordType} records, which are not asked for here`);
      return null;
    }
    const [server = ''] = textAt(monitor, 'dns_resolve_server').split(',');
    const port = numberAt(monitor, 'port');
    if (!['', '[]', 'null'].includes(textAt(monitor, 'conditions')))
      notes.lost('its conditions: write the lines that the answer must have into options.expect');
    const resolver = server.trim() === '' ? {} : { resolver: hostPort(server.trim(), port === 53 ? 0 : port) };
    return { kind: 'dns', url: `dns://${textAt(monitor, 'hostname')}`, options: { recordType, ...resolver } };
  },
  push: (monitor, notes) => {
    const periodSeconds = within(numberAt(monitor, 'interval') || 60, [5, 31_536_000]);
    const late = numberAt(monitor, 'maxretries') * (numberAt(monitor, 'retry_interval') || periodSeconds);
    notes.changed(
      'its job has to call another address: the page of the heartbeat shows it. status=down becomes /fail; it alerts once the first call has come',
    );
    return { kind: 'heartbeat', periodSeconds, graceSeconds: within(Math.max(late, 10), [1, 2_592_000]) };
  },
  postgres: (monitor, notes, secret) => databaseOf('postgres', databaseFacts(monitor), notes, secret),
  mysql: (monitor, notes, secret) => databaseOf('mysql', databaseFacts(monitor), notes, secret),
  redis: (monitor, notes, secret) => databaseOf('redis', databaseFacts(monitor), notes, secret),
  mongodb: portOnly(27_017),
  sqlserver: portOnly(1_433),
  mqtt: (monitor, notes) => {
    notes.changed('only whether its port opens is asked; nothing is subscribed to');
    const host = textAt(monitor, 'hostname').replace(/^[a-z]+:\/\//i, '');
    return { kind: 'tcp', url: `tcp://${hostPort(host, numberAt(monitor, 'port') || 1_883)}` };
  },
  smtp: (monitor) => {
    const security = textAt(monitor, 'smtp_security');
    const secure = security === 'secure';
    const startTls = security === 'starttls' ? 'always' : security === 'nostarttls' ? 'never' : 'offered';
    const url = `${secure ? 'smtps' : 'smtp'}://${hostPort(textAt(monitor, 'hostname'), numberAt(monitor, 'port'))}`;
    return { kind: 'smtp', url, ...(secure ? {} : { options: { startTls } }) };
  },
  'websocket-upgrade': (monitor) => ({ kind: 'websocket', url: plain(textAt(monitor, 'url')) }),
  'tailscale-ping': (monitor, notes) => {
    notes.changed('is an ordinary ping here, which a probe within that network has to ask');
    return { kind: 'ping', url: `ping://${textAt(monitor, 'hostname')}` };
  },
  'grpc-keyword': (monitor, notes) => {
    if (!/(^|\.)Health$/i.test(textAt(monitor, 'grpc_service_name'))) {
      notes.lost(
        'calls a method of its own; only the gRPC health protocol is asked here, which its server may have as well',
      );
      return null;
    }
    notes.changed('asks for the health of the server as a whole');
    const secure = isOn(monitor, 'grpc_enable_tls');
    const host = textAt(monitor, 'grpc_url').replace(/^[a-z]+:\/\//i, '');
    return { kind: 'grpc', url: `${secure ? 'grpcs' : 'grpc'}://${host}` };
  },
};

const OPERATORS: Readonly<Record<string, string>> = {
  '==': 'equals',
  '!=': 'not-equals',
  '<': 'less',
  '>': 'greater',
  contains: 'contains',
};

function portOnly(usualPort: number): Reader {
  return (monitor, notes) => {
    const text = textAt(monitor, 'database_connection_string');
    const [, server = '', port = ''] =
      /(?:server|data source)\s*=\s*(?:tcp:)?([^,;:]+)(?:[,:](\d+))?/i.exec(text) ?? [];
    const parsed = URL.parse(text.replace(/^[a-z+]+:/i, 'http:'));
    const host = server === '' ? (parsed?.hostname ?? '') : server.trim();
    if (host === '') {
      notes.lost('its connection string names no host that could be read');
      return null;
    }
    notes.changed('only whether its port opens is asked: that database is not spoken here');
    return { kind: 'tcp', url: `tcp://${hostPort(host, Number(server === '' ? parsed?.port : port) || usualPort)}` };
  };
}

const databaseFacts = (monitor: Row) => ({
  address: textAt(monitor, 'database_connection_string'),
  query: textAt(monitor, 'database_query'),
  password: textAt(monitor, 'radius_password'),
});

const WHY_LEFT: Readonly<Record<string, string>> = {
  docker: 'asks the Docker daemon; watch what the container serves instead, or report from beside it to a heartbeat',
  'real-browser': 'opens a page in a browser; write it as a browser journey, or watch the page by HTTP',
  radius: 'RADIUS is not asked here',
  steam: 'game servers are not asked here; a UDP monitor may do',
  gamedig: 'game servers are not asked here; a UDP monitor may do',
  snmp: 'SNMP is not asked here; let Prometheus collect it and watch a metric',
  rabbitmq: 'RabbitMQ is asked by HTTP here: watch /api/health/checks/alarms of its management API with an account',
  'kafka-producer': 'nothing is produced into Kafka here; a TCP monitor sees whether a broker listens',
  manual: 'is set by hand; declare an incident, or plan maintenance',
};

/** The words of each monitor's tags, by its id: links are walked once, not once for each monitor. */
function tagsByMonitor({ tag = [], monitor_tag = [] }: KumaTables): ReadonlyMap<string, readonly string[]> {
  const names = new Map(tag.map((one) => [textAt(one, 'id'), textAt(one, 'name')]));
  const words = new Map<string, Set<string>>();
  for (const link of monitor_tag) {
    const value = textAt(link, 'value');
    const name = names.get(textAt(link, 'tag_id')) ?? '';
    const word = oneLine(value === '' ? name : `${name}:${value}`, 40).toLowerCase();
    const monitor = textAt(link, 'monitor_id');
    const own = words.get(monitor) ?? new Set<string>();
    words.set(monitor, own);
    if (word !== '' && own.size < 20) own.add(word);
  }
  return new Map([...words].map(([monitor, own]) => [monitor, [...own]]));
}

/** The groups above, the outermost first; a ring ends. */
function above(monitor: Row, byId: ReadonlyMap<string, Row>): Row[] {
  const found: Row[] = [];
  let one = byId.get(textAt(monitor, 'parent'));
  while (one !== undefined && !found.includes(one) && found.length < 20) {
    found.unshift(one);
    one = byId.get(textAt(one, 'parent'));
  }
  return found;
}

const pathOf = (group: Row, byId: ReadonlyMap<string, Row>) =>
  [...above(group, byId), group].map((one) => oneLine(textAt(one, 'name'))).join(' / ');

/** Five groups within each other are the most; what is deeper stands in the fifth. */
function groupOf(groups: readonly Row[]): string | null {
  const names = groups
    .map((one) => oneLine(textAt(one, 'name').slice(0, 1_000).replaceAll('/', '-'), 39))
    .filter((name) => name !== '');
  return names.length === 0 ? null : names.slice(0, 5).join('/');
}

const isAbovePaused = (monitor: Row, byId: ReadonlyMap<string, Row>) =>
  above(monitor, byId).some((one) => !isOn(one, 'active'));

function descriptionOf(group: Row): { description?: string } {
  const text = textAt(group, 'description').slice(0, 2_000);
  return text === '' ? {} : { description: plain(text) };
}
