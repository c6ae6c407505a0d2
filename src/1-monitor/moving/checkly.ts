import { z } from 'zod';
import { journey } from '../kind/journey.ts';
import type { Moved } from './contract.ts';
import { type Draft, INTERVAL, type Notes, oneLine, plain, startDraft, TIMEOUT, within } from './draft.ts';
import { journeyOf } from './checkly-journey.ts';
import { type Moving, stepsOf } from './checkly-steps.ts';
import { ScriptAllowance } from './script-allowance.ts';
import { hostPort, jsonPathOf, rangesWhere } from './translate.ts';

const pair = z.object({ key: z.string(), value: z.coerce.string().default('') });
const assertion = z.object({
  source: z.string(),
  comparison: z.string().default('EQUALS'),
  property: z.string().nullish(),
  target: z.union([z.string(), z.number(), z.boolean()]).nullish(),
});
const request = z.object({
  url: z.string().default(''),
  method: z.string().default('GET'),
  body: z.string().nullish(),
  headers: z.array(pair).nullish(),
  queryParameters: z.array(pair).nullish(),
  followRedirects: z.boolean().default(true),
  skipSSL: z.boolean().default(false),
  basicAuth: z.object({ username: z.string().default(''), password: z.string().default('') }).nullish(),
  assertions: z.array(assertion).nullish(),
  hostname: z.string().nullish(),
  port: z.number().nullish(),
  data: z.string().nullish(),
  query: z.string().nullish(),
  recordType: z.string().nullish(),
});
const check = z.object({
  id: z.string().optional(),
  logicalId: z.string().optional(),
  name: z.string(),
  checkType: z.string(),
  activated: z.boolean().default(true),
  muted: z.boolean().default(false),
  shouldFail: z.boolean().default(false),
  frequency: z.number().nullish(),
  frequencyOffset: z.number().nullish(),
  locations: z.array(z.string()).nullish(),
  tags: z.array(z.string()).nullish(),
  degradedResponseTime: z.number().nullish(),
  maxResponseTime: z.number().nullish(),
  groupId: z.union([z.number(), z.string()]).nullish(),
  retryStrategy: z.object({ type: z.string(), maxRetries: z.number().nullish() }).nullish(),
  doubleCheck: z.boolean().nullish(),
  request: request.nullish(),
  script: z.string().nullish(),
  environmentVariables: z
    .array(
      z.object({
        key: z.string(),
        value: z.coerce.string().default(''),
        locked: z.boolean().default(false),
        secret: z.boolean().default(false),
      }),
    )
    .nullish(),
  heartbeat: z
    .object({
      period: z.number(),
      periodUnit: z.string(),
      grace: z.number().default(0),
      graceUnit: z.string().default('minutes'),
    })
    .nullish(),
});
const checks = z.array(check);
const groups = z.array(z.object({ id: z.union([z.number(), z.string()]), name: z.string() }));
type Check = z.output<typeof check>;

const resources = z.object({
  resources: z.array(z.object({ type: z.string(), logicalId: z.string(), payload: z.record(z.string(), z.unknown()) })),
});

const listed = z.object({ checks, groups: groups.default([]) });

/** A list of checks as the API answers it, lists of checks and groups, or what the CLI makes of its constructs. */
export const checklyFile = z.union([
  checks.transform((list) => ({ checks: list, groups: [] as z.output<typeof groups> })),
  listed,
  resources
    .transform(({ resources: list }): unknown => ({
      checks: list.flatMap(({ type, logicalId, payload }) => (type === 'check' ? [{ ...payload, logicalId }] : [])),
    }))
    .pipe(listed),
]);

const UNITS = new Map([
  ['seconds', 1],
  ['minutes', 60],
  ['hours', 3_600],
  ['days', 86_400],
]);

/** What checks of Checkly become here. */
export function moveCheckly(file: z.output<typeof checklyFile>, set: string): Moved {
  const draft = startDraft('checkly');
  const services = new Map<string, string>();
  for (const { id, name } of file.groups) {
    const key = draft.take({ kind: 'group', name: oneLine(name), section: 'services' }, ({ changed, lost }) => {
      changed('a group is a service here, which decides who is paged');
      lost('settings that its checks inherit: requests, locations and tags of the group are not read');
      return { name: plain(oneLine(name)) };
    });
    if (key !== null) services.set(String(id), key);
  }
  const moving = { draft, scripts: new ScriptAllowance() };
  for (const one of file.checks) takeCheck(moving, one, services.get(String(one.groupId ?? '')) ?? null);
  if (file.checks.some(({ locations }) => (locations ?? []).length > 0))
    draft.remark(
      'Locations stay behind: everything is asked from this installation. Run a probe where it matters (docs/probes.md) and name its location in the file.',
    );
  draft.remark('Alert channels stay behind: who is told is decided by services and their escalation policies.');
  return draft.end(set);
}

function takeCheck(moving: Moving, one: Check, service: string | null): void {
  const name = oneLine(one.name) || 'Check';
  const kind = `${one.checkType.toLowerCase().replaceAll('_', ' ')} check`;
  const wanted = one.logicalId === undefined ? {} : { key: one.logicalId };
  moving.draft.take({ kind, name, section: 'monitors', ...wanted }, (notes, key) => {
    const asked = askedOf(moving, one, notes, key);
    if (asked === null) return null;
    if (one.muted) notes.lost('is muted: mute its alerts under Settings → Mutes');
    const tags = [...new Set((one.tags ?? []).map((tag) => oneLine(tag, 40).toLowerCase()))]
      .filter(Boolean)
      .slice(0, 20);
    return {
      name: plain(name),
      ...(service === null ? {} : { service }),
      ...(tags.length === 0 ? {} : { tags: tags.map(plain) }),
      ...(one.activated ? {} : { paused: true }),
      ...asked,
    };
  });
}

function askedOf(moving: Moving, one: Check, notes: Notes, key: string): Record<string, unknown> | null {
  if (one.checkType === 'HEARTBEAT') return heartbeatOf(one, notes);
  if (JSON.stringify(one.request ?? {}).includes('{{')) {
    notes.lost('its request has variables ({{…}}), which are of Checkly; write their values into it');
    return null;
  }
  switch (one.checkType) {
    case 'API':
    case 'URL':
      return { ...rhythmOf(one, notes), ...httpOf(moving.draft, one, notes, key) };
    case 'TCP':
      return { ...rhythmOf(one, notes), ...tcpOf(one, notes) };
    case 'ICMP':
      return { ...rhythmOf(one, notes), kind: 'ping', url: `ping://${hostPort(one.request?.hostname ?? '', 0)}` };
    case 'DNS':
      return {
        ...rhythmOf(one, notes),
        kind: 'dns',
        url: `dns://${one.request?.query ?? one.request?.hostname ?? ''}`,
        options: { recordType: one.request?.recordType ?? 'A' },
      };
    case 'MULTI_STEP': {
      const steps = stepsOf(moving, one, notes, key);
      return steps === null ? null : { ...rhythmOf(one, notes), ...steps };
    }
    default: {
      const asked = journeyOf(moving.draft, one, notes, key);
      if (asked === null) return null;
      const { intervalSeconds, ...rhythm } = rhythmOf(one, notes);
      return {
        ...asked,
        ...rhythm,
        intervalSeconds: Math.max(Number(intervalSeconds), journey.interval?.minSeconds ?? 0),
      };
    }
  }
}

function rhythmOf(one: Check, notes: Notes): Record<string, unknown> {
  const seconds = (one.frequency ?? 0) > 0 ? (one.frequency ?? 0) * 60 : (one.frequencyOffset ?? 600);
  const retries =
    one.retryStrategy?.type === 'NO_RETRIES'
      ? 0
      : (one.retryStrategy?.maxRetries ?? (one.doubleCheck === true ? 1 : 0));
  const failures = within(Math.round(retries) + 1, [1, 20]);
  if (retries > 0) notes.changed(`retried ${retries} times at once; here ${failures} checks in a row have to fail`);
  const degraded = one.degradedResponseTime ?? 0;
  return {
    intervalSeconds: within(Math.round(seconds), INTERVAL),
    ...(failures > 1 ? { confirm: { failures } } : {}),
    ...(degraded > 0 ? { degradedAboveMs: within(Math.round(degraded), [1, 60_000]) } : {}),
    ...((one.maxResponseTime ?? 0) > 0 ? { timeoutSeconds: within((one.maxResponseTime ?? 0) / 1_000, TIMEOUT) } : {}),
  };
}

function heartbeatOf({ heartbeat }: Check, notes: Notes): Record<string, unknown> | null {
  if (heartbeat === null || heartbeat === undefined) {
    notes.lost('the export does not say how often it reports');
    return null;
  }
  notes.changed('its job has to call another address: the page of the heartbeat shows it');
  const { period, periodUnit, grace, graceUnit } = heartbeat;
  return {
    kind: 'heartbeat',
    periodSeconds: within(Math.round(period * (UNITS.get(periodUnit) ?? 60)), [5, 31_536_000]),
    graceSeconds: within(Math.round(grace * (UNITS.get(graceUnit) ?? 60)), [1, 2_592_000]),
  };
}

function tcpOf({ request: asked }: Check, notes: Notes): Record<string, unknown> {
  for (const { source } of asked?.assertions ?? [])
    notes.lost(`an assertion on ${source}: say what must come in options.expect`);
  return {
    kind: 'tcp',
    url: `tcp://${hostPort(asked?.hostname ?? '', asked?.port ?? 0)}`,
    ...(asked?.data ? { options: { send: plain(asked.data) } } : {}),
  };
}

function httpOf(draft: Draft, one: Check, notes: Notes, key: string): Record<string, unknown> {
  const asked = one.request ?? request.parse({});
  const url = URL.parse(asked.url);
  for (const { key: name, value } of asked.queryParameters ?? []) url?.searchParams.append(name, value);
  const headers = Object.fromEntries((asked.headers ?? []).map(({ key: name, value }) => [name, value]));
  const auth = asked.basicAuth;
  const assertions = (asked.assertions ?? []).flatMap((assertion) => assertionOf(assertion, notes));
  const fails = one.shouldFail && !assertions.some((assertion) => assertion['kind'] === 'status');
  if (fails) notes.changed('should fail: a status from 400 to 599 is expected');
  const all = fails ? [{ kind: 'status', in: [{ from: 400, to: 599 }] }, ...assertions] : assertions;
  return {
    url: plain(url === null ? asked.url : url.href),
    ...(asked.method === 'GET' ? {} : { method: asked.method }),
    ...(Object.keys(headers).length === 0 ? {} : { headers: draft.headers(key, headers) }),
    ...(asked.body ? { body: plain(asked.body) } : {}),
    ...(asked.followRedirects ? {} : { maxRedirects: 0 }),
    ...(asked.skipSSL ? { tls: { skipVerification: true } } : {}),
    ...(auth && auth.username !== ''
      ? { options: { user: plain(auth.username), password: draft.secret(key, 'password', auth.password) } }
      : {}),
    ...(all.length === 0 ? {} : { assertions: all }),
  };
}

const CODES = new Map([
  ['EQUALS', 'eq'],
  ['NOT_EQUALS', 'not_eq'],
  ['GREATER_THAN', 'gt'],
  ['LESS_THAN', 'lt'],
]);
const JSON_WORDS = new Map([
  ['EQUALS', 'equals'],
  ['NOT_EQUALS', 'not-equals'],
  ['CONTAINS', 'contains'],
  ['GREATER_THAN', 'greater'],
  ['LESS_THAN', 'less'],
  ['NOT_NULL', 'exists'],
  ['NOT_EMPTY', 'exists'],
]);

function assertionOf(one: z.output<typeof assertion>, notes: Notes): Record<string, unknown>[] {
  const { source, comparison, target } = one;
  const property = one.property ?? '';
  const value = plain(String(target ?? ''));
  const left = () => {
    notes.lost(`the assertion ${[source, property, comparison, value.slice(0, 80)].filter(Boolean).join(' ')}`);
    return [];
  };
  if (source === 'STATUS_CODE') {
    const ranges = rangesWhere(CODES.get(comparison) ?? '', Number(target));
    return ranges === null ? left() : [{ kind: 'status', in: ranges }];
  }
  if (source === 'RESPONSE_TIME' && comparison === 'LESS_THAN' && Number(target) >= 1)
    return [{ kind: 'response-time', belowMs: within(Math.round(Number(target)), [1, 60_000]) }];
  if (source === 'JSON_BODY') {
    const path = jsonPathOf(property);
    const test = JSON_WORDS.get(comparison);
    return path === null || test === undefined
      ? left()
      : [{ kind: 'json', path, test, value: test === 'exists' ? '' : value }];
  }
  if (source === 'HEADERS' && property !== '' && value !== '' && ['EQUALS', 'CONTAINS'].includes(comparison))
    return [{ kind: 'header', name: property, test: comparison.toLowerCase(), value }];
  if (source === 'TEXT_BODY' && value !== '' && ['CONTAINS', 'NOT_CONTAINS'].includes(comparison))
    return [{ kind: 'body', test: comparison === 'CONTAINS' ? 'contains' : 'not-contains', value }];
  return left();
}
