import { z } from 'zod';
import { RECORD_TYPES } from '../kind/dns.ts';
import { type Notes, oneLine, plain, within } from './draft.ts';
import { at, type Row, textAt, numberAt, isOn } from './kuma-tables.ts';
import { databaseOf, hostPort, jsonPathOf, statusRanges } from './translate.ts';

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

/** What a monitor of each kind becomes; null where that cannot be said. */
export const READERS: Readonly<Record<string, Reader>> = {
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

/** What is said of kinds that stay behind. */
export const WHY_LEFT: Readonly<Record<string, string>> = {
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
