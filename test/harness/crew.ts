import { sql } from 'kysely';
import type { AccessRole } from '#kernel/actor.ts';
import type { Who } from '#platform/ctx.ts';
import { createNtfyServer, type NtfyMessage, type NtfyServer } from './ntfy.ts';
import { createTestSystem, type TestOptions, type TestSystem } from './system.ts';
import { waitFor } from './wait-for.ts';

/** A member with a phone: an ntfy topic of their own, verified, with immediate rules. */
export type Responder = {
  readonly id: string;
  readonly name: string;
  readonly who: Who;
  /** Calls the API as this person and insists on success. */
  readonly ask: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;
  readonly contactMethodId: string;
  /** What the phone has shown, oldest first. */
  readonly phone: () => NtfyMessage[];
  /** Subjects only. */
  readonly read: () => string[];
};

export type Crew = TestSystem & {
  readonly ntfy: NtfyServer;
  /** Invites a person, who joins and verifies a phone. */
  readonly hire: (name: string, role?: AccessRole) => Promise<Responder>;
  /** Gives the owner, or a responder, a verified phone (another one). */
  readonly equip: (who: Who | Responder, name: string) => Promise<Responder>;
  /** Replaces the steps of the default policy, and what else is named. */
  readonly escalateTo: (
    steps: readonly ({ delaySeconds: number } & Readonly<Record<string, unknown>>)[],
    repeatCount?: number,
    rest?: Readonly<Record<string, unknown>>,
  ) => Promise<void>;
  /** A signal through the intake; answers with the alert's id once later stages have heard of it. */
  readonly signal: (signal: {
    title: string;
    severity?: string;
    status?: 'firing' | 'resolved';
    labels?: Readonly<Record<string, string>>;
  }) => Promise<string>;
  /** Calls the API as the owner and insists on success. */
  readonly ask: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;
  readonly end: () => Promise<void>;
};

/** The whole product with people who carry phones. */
export async function createCrew(options: TestOptions = {}): Promise<Crew> {
  const ntfy = await createNtfyServer();
  const system = await createTestSystem(options);
  const { call } = system;
  const ask: Crew['ask'] = async <Answer>(method: string, path: string, body?: unknown) => {
    const { status, body: answer } = await call(method, `/api/v1${path}`, body);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(answer)}`);
    return answer as Answer;
  };
  const crew = { ...system, ntfy, ask };
  let intake: string | undefined;
  return {
    ...crew,
    equip: (one, name) => ('who' in one ? equip(crew, one.who, name, one.ask) : equip(crew, one, name, ask)),
    async hire(name, role = 'member') {
      const { url } = await ask<{ url: string }>('POST', '/invites', { role });
      const token = url.split('/').at(-1) ?? '';
      const email = `${name.toLowerCase()}@example.com`;
      const password = 'a long enough password';
      const joined = await ask<{ id?: string; userId?: string }>('POST', `/invite-links/${token}/accept`, {
        name,
        email,
        password,
      });
      const users = await ask<{ items: { id: string; name: string }[] }>('GET', '/users');
      const userId = joined.userId ?? users.items.find((user) => user.name === name)?.id ?? '';
      const who: Who = { workspaceId: system.workspaceId, actor: { kind: 'user', userId, role, channel: 'web' } };
      return equip(crew, who, name, await signIn(system, email, password));
    },
    async escalateTo(steps, repeatCount = 0, rest = {}) {
      const { items } = await ask<{ items: { id: string; name: string; version: number }[] }>(
        'GET',
        '/escalation-policies',
      );
      const [policy] = items;
      if (!policy) throw new Error('there is no default policy');
      await ask('PUT', `/escalation-policies/${policy.id}`, {
        name: policy.name,
        version: policy.version,
        steps,
        repeatCount,
        ...rest,
      });
    },
    async signal(signal) {
      intake ??= (await ask<{ intakeUrl: string }>('POST', '/alert-sources', { name: 'test' })).intakeUrl;
      const path = new URL(intake).pathname;
      const response = await system.app.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ severity: 'critical', ...signal }),
      });
      const { alertId } = (await response.json()) as { alertId: string };
      // Later stages are told in a transaction of their own, right after the answer.
      await waitFor('later stages to hear of the signal', async () => {
        const { rows } = await sql`select 1 from alert where announce is not null`.execute(system.system.database);
        return rows.length === 0;
      });
      await system.settle();
      return alertId;
    },
    async end() {
      await system.close();
      await ntfy.close();
    },
  };
}

/** Two people with phones: Ann is asked first, Bob five minutes later. */
export async function hireAnnAndBob(t: Crew): Promise<[ann: Responder, bob: Responder]> {
  const [ann, bob] = [await t.hire('Ann'), await t.hire('Bob')];
  await t.escalateTo([
    { userIds: [ann.id], delaySeconds: 300 },
    { userIds: [bob.id], delaySeconds: 300 },
  ]);
  return [ann, bob];
}

type Ask = Crew['ask'];
type Base = TestSystem & { readonly ntfy: NtfyServer };

/** Adds an ntfy topic to a person and enters the code that it shows, as the person would. */
async function equip({ ntfy, settle }: Base, who: Who, name: string, ask: Ask): Promise<Responder> {
  const topic = `phone-${name.toLowerCase().replaceAll(/[^a-z0-9]/g, '-')}`;
  const phone = () => ntfy.messages.filter((message) => message.topic === topic);
  const method = await ask<{ id: string }>('POST', '/contact-methods', { kind: 'ntfy', address: ntfy.topicUrl(topic) });
  await settle();
  const code = /Code: (\d{6})/.exec(phone()[0]?.message ?? '')?.[1] ?? '';
  await ask('POST', `/contact-methods/${method.id}/verify`, { code });
  if (who.actor.kind !== 'user') throw new Error('only a person has a phone');
  const verified = phone().length;
  const shown = () => phone().slice(verified);
  return {
    id: who.actor.userId,
    name,
    who,
    ask,
    contactMethodId: method.id,
    phone: shown,
    read: () => shown().map(({ title }) => title),
  };
}

/** Signs a person in; their requests carry the session's cookie, as a browser's do. */
async function signIn({ app, system }: TestSystem, email: string, password: string): Promise<Ask> {
  const origin = system.config.publicUrl;
  const send = (method: string, path: string, body: unknown, cookie: string) =>
    app.request(path, {
      method,
      headers: { origin, cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const session = await send('POST', '/api/auth/sign-in/email', { email, password }, '');
  const cookie = session.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return async <Answer>(method: string, path: string, body?: unknown) => {
    const response = await send(method, `/api/v1${path}`, body, cookie);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as Answer;
  };
}
