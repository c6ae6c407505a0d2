import { expect } from 'vitest';
import type { ComponentView, UpdateView } from '#communicate/contract';
import type { AlertView } from '#detect/contract';
import type { EffectView, IncidentView, PromiseView } from '#declare/contract';
import { type Observation, recordBatch } from '#monitor';
import type { Monitor } from '#monitor/contract';
import type { PageView } from '#respond/contract';
import { type Crew, createCrew, type Responder } from './crew.ts';
import { createPhones, type Phones } from './phone.ts';
import { createSmtpSink, type SmtpSink } from './smtp.ts';
import type { TestOptions } from './system.ts';
import { createWebhookSink, type WebhookSink } from './webhook-sink.ts';

type Outcome = Observation['outcome'];

/** A monitor whose checks the story makes: on its grid, with the answer that the target gives at that time. */
export type Watched = {
  readonly id: string;
  readonly name: string;
  readonly serviceId: string;
  readonly componentId: string;
  /** What its target answers from now on. */
  readonly answers: (outcome: Outcome) => void;
  /** Nobody checks it any more; its node is gone. */
  readonly unwatched: () => void;
};

export type Story = Omit<Crew, 'end' | 'advance'> & {
  readonly smtp: SmtpSink;
  readonly hook: WebhookSink;
  readonly phones: Phones;
  /** Somebody who has joined and carries a phone (ntfy). */
  readonly meet: (name: string) => Promise<Responder>;
  /** Proves a person's mail address, or a webhook of theirs; high-urgency pages use it after so many seconds. */
  readonly add: (who: Responder, kind: 'mail' | 'hook', delaySeconds?: number) => Promise<void>;
  /** A monitor that is checked every 30 s, two failures make it down, two answers up; it has been up once already. */
  readonly watch: (name: string) => Promise<Watched>;
  /** Lets time pass: checks on their grid, wake-ups at their instant, sweeps every 15 s. */
  readonly pass: (time: { hours?: number; minutes?: number; seconds?: number }) => Promise<void>;
  /** Days in which nobody looks: straight to an instant. */
  readonly skipTo: (instant: string) => Promise<void>;
  /** Opens the link of a person's newest page (which must change nothing) and presses its button. */
  readonly press: (name: string, channel?: 'ntfy' | 'mail' | 'hook') => Promise<void>;
  /** The newest alert of a monitor. */
  readonly alertOf: (watched: Watched) => Promise<AlertView>;
  readonly declare: (body: object) => Promise<IncidentView>;
  readonly incident: (id: string) => Promise<IncidentView>;
  readonly pages: (incidentId: string) => Promise<PageView[]>;
  readonly promises: (incidentId: string, kind: PromiseView['kind']) => Promise<PromiseView[]>;
  readonly effect: (incidentId: string, name: string) => Promise<EffectView | undefined>;
  readonly timeline: (incidentId: string) => Promise<string[]>;
  readonly update: (incidentId: string, body: object) => Promise<UpdateView>;
  /** Somebody who reads the status page, asks for updates by mail and confirms. */
  readonly subscribe: (name: string) => Promise<void>;
  /** What the public reads at a path below `/s/public`. */
  readonly read: (path?: string) => Promise<string>;
  readonly component: (id: string) => Promise<string | undefined>;
  /** Fails when anybody got a message that the story did not expect, or when the product logged an error. */
  readonly end: () => Promise<void>;
};

const SWEEP_MS = 15_000;
const INTERVAL_MS = 30_000;

/** The product with a fake clock, people with phones, and real sinks for mail, ntfy and webhooks. */
export async function beginStory(options: TestOptions = {}): Promise<Story> {
  const [smtp, hook] = await Promise.all([createSmtpSink(), createWebhookSink()]);
  const env = { ALLCLEAR_SMTP_URL: smtp.url, ALLCLEAR_MAIL_FROM: 'Allclear <allclear@example.com>', ...options.env };
  const crew = await createCrew({ ...options, env });
  const { ask, clock, settle: work, ntfy } = crew;
  const phones = createPhones({ smtp, hook, ntfy }, clock);
  phones.belongs('olive@example.com', 'Olive');
  const checks: { nextMs: number; readonly make: (atMs: number) => Observation | null }[] = [];
  let sweptMs = clock.now().getTime();

  const settle = async () => {
    await work();
    phones.collect();
  };

  /** The next instant at which something is due, but not after `endMs`. */
  function nextStop(endMs: number): number {
    const nowMs = clock.now().getTime();
    const due = [...checks.map(({ nextMs }) => nextMs), ...crew.jobs.waiting().map(({ at }) => at.getTime())];
    return Math.min(endMs, sweptMs + SWEEP_MS, ...due.filter((ms) => ms > nowMs));
  }

  async function step(toMs: number) {
    clock.set(new Date(toMs));
    const due = checks.filter(({ nextMs }) => nextMs <= toMs);
    const seen = due.flatMap((check) => check.make(toMs) ?? []);
    for (const check of due) check.nextMs = toMs + INTERVAL_MS;
    if (seen.length > 0) await recordBatch(crew.system, seen);
    sweptMs = toMs;
    await settle();
  }

  const request = async (path: string, body?: string) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return crew.app.request(path, body === undefined ? {} : { method: 'POST', headers, body });
  };
  const items = async <Item>(path: string) => (await ask<{ items: Item[] }>('GET', path)).items;

  return {
    ...crew,
    settle,
    smtp,
    hook,
    phones,
    async signal(signal) {
      const alertId = await crew.signal(signal);
      phones.collect();
      return alertId;
    },
    async meet(name) {
      const person = await crew.hire(name);
      phones.belongs(`phone-${name.toLowerCase()}`, name);
      phones.belongs(`${name.toLowerCase()}@example.com`, name);
      phones.forget();
      return person;
    },
    async add(who, kind, delaySeconds = 0) {
      type Method = { id: string; kind: string };
      let method: Method | undefined;
      if (kind === 'hook') {
        const address = `${hook.url}/${who.name.toLowerCase()}`;
        phones.belongs(new URL(address).pathname, who.name);
        method = await who.ask<Method>('POST', '/contact-methods', { kind: 'webhook', address });
      } else {
        const own = await who.ask<{ items: Method[] }>('GET', '/contact-methods');
        method = own.items.find((one) => one.kind === 'email');
        await who.ask('POST', `/contact-methods/${method?.id}/test`);
      }
      await settle();
      const code = /Code: (\d{6})/.exec(phones.last(who.name, kind).text)?.[1];
      await who.ask('POST', `/contact-methods/${method?.id}/verify`, { code });
      const rules = await who.ask<{ items: { id: string; contactMethodId: string }[] }>('GET', '/notification-rules');
      for (const rule of rules.items.filter(({ contactMethodId }) => contactMethodId === method?.id))
        await who.ask('PATCH', `/notification-rules/${rule.id}`, { delaySeconds });
      await settle();
      phones.forget();
    },
    async watch(name) {
      const service = await ask<{ id: string }>('POST', '/services', { name });
      const monitor = await ask<Monitor>('POST', '/monitors', {
        name,
        serviceId: service.id,
        url: `https://${name}.example.com/health`,
        intervalSeconds: INTERVAL_MS / 1_000,
        confirm: { failures: 2, recoveries: 2 },
      });
      const components = await items<ComponentView>('/components');
      const componentId = components.find(({ serviceId }) => serviceId === service.id)?.id ?? '';
      let outcome: Outcome | null = 'up';
      const make = (atMs: number) =>
        outcome && observation({ workspaceId: crew.workspaceId, monitorId: monitor.id, atMs, outcome });
      const nowMs = clock.now().getTime();
      checks.push({ nextMs: nowMs + INTERVAL_MS, make });
      await recordBatch(
        crew.system,
        [make(nowMs)].flatMap((one) => one ?? []),
      );
      await settle();
      return {
        id: monitor.id,
        name,
        serviceId: service.id,
        componentId,
        answers: (next) => void (outcome = next),
        unwatched: () => void (outcome = null),
      };
    },
    async pass({ hours = 0, minutes = 0, seconds = 0 }) {
      const endMs = clock.now().getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1_000;
      while (clock.now().getTime() < endMs) await step(nextStop(endMs));
    },
    async skipTo(instant) {
      await step(Date.parse(instant));
    },
    async press(name, channel) {
      const { pathname } = new URL(phones.last(name, channel).link);
      const shown = await request(pathname);
      expect(shown.status).toBe(200);
      expect(await shown.text(), 'the link alone acknowledges nothing').toContain('<button');
      expect((await request(pathname, 'act=acknowledge')).status).toBe(303);
      await settle();
    },
    async alertOf({ id, name }) {
      const [alert] = await items<AlertView>(`/alerts?monitorId=${id}`);
      if (!alert) throw new Error(`${name} has no alert`);
      return alert;
    },
    async declare(body) {
      const incident = await ask<IncidentView>('POST', '/incidents', { title: 'Checkout fails', ...body });
      await settle();
      return incident;
    },
    incident: (id) => ask<IncidentView>('GET', `/incidents/${id}`),
    pages: (incidentId) => items<PageView>(`/incidents/${incidentId}/pages`),
    promises: async (incidentId, kind) =>
      (await items<PromiseView>(`/incidents/${incidentId}/promises`))
        .filter((promise) => promise.kind === kind)
        .toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1)),
    effect: async (incidentId, name) =>
      (await items<EffectView>(`/incidents/${incidentId}/effects`)).find(({ effect }) => effect === name),
    timeline: async (incidentId) =>
      (await items<{ text: string; seq: number }>(`/incidents/${incidentId}/timeline?limit=200`))
        .toSorted((a, b) => a.seq - b.seq)
        .map(({ text }) => text),
    async update(incidentId, body) {
      const update = await ask<UpdateView>('POST', `/incidents/${incidentId}/updates`, body);
      await settle();
      return update;
    },
    async subscribe(name) {
      const address = `${name.toLowerCase()}@example.org`;
      phones.belongs(address, name);
      expect((await request('/s/public/subscribe', new URLSearchParams({ email: address }).toString())).ok).toBe(true);
      await settle();
      const confirm = new URL(phones.last(name).link);
      expect((await request(`${confirm.pathname}${confirm.search}`, '')).ok).toBe(true);
      phones.forget();
    },
    read: async (path = '') => (await request(`/s/public${path}`)).text(),
    component: async (id) => (await items<ComponentView>('/components')).find((one) => one.id === id)?.status,
    async end() {
      try {
        await settle();
        phones.expect([]);
        expect(crew.errors, 'errors that the product logged').toEqual([]);
        expect(crew.jobs.dead, 'jobs that were given up').toEqual([]);
      } finally {
        await crew.end();
        await Promise.all([smtp.close(), hook.close()]);
      }
    },
  };
}

type Seen = {
  readonly workspaceId: string;
  readonly monitorId: string;
  readonly atMs: number;
  readonly outcome: Outcome;
};

function observation({ atMs, outcome, ...of }: Seen): Observation {
  const failed = outcome === 'down';
  const ours = outcome === 'unknown';
  return {
    ...of,
    dueAtMs: atMs,
    startedAtMs: atMs,
    latenessMs: 0,
    outcome,
    totalMs: 12,
    phases: { dnsMs: 1, tcpMs: 2, tlsMs: null, firstByteMs: 8, transferMs: 1 },
    status: ours ? null : failed ? 503 : 200,
    address: ours ? null : '192.0.2.1',
    certificateExpiresAtMs: null,
    failures: failed ? [{ expected: 'status 200–399', got: '503' }] : [],
    error: ours ? { kind: 'network', message: 'this machine has no network' } : null,
    evidence: failed ? { headers: [['server', 'nginx']], bodyStart: 'sorry' } : null,
  };
}
