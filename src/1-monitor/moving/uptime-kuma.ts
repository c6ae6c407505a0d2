import {
  type Draft,
  type Notes,
  INTERVAL,
  oneLine,
  plain,
  refuseTooMany,
  startDraft,
  TIMEOUT,
  within,
} from './draft.ts';
import type { Moved } from './contract.ts';
import { takeMaintenance } from './kuma-maintenance.ts';
import { READERS, WHY_LEFT } from './kuma-readers.ts';
import { type Row, type KumaTables, textAt, numberAt, isOn } from './kuma-tables.ts';
import { hostPort } from './translate.ts';

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
