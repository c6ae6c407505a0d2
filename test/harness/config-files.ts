import { expect } from 'vitest';
import type { ConfigItem, ConfigPlan } from '#monitor/contract';
import type { TestSystem } from './system.ts';

type Text = string | Readonly<Record<string, string>>;
type Variables = Readonly<Record<string, string>>;
type Refused = { code: string; message: string; errors: { path: string; message: string }[] };

/** Configuration files as somebody plans, applies and exports them: one text, or several by name. */
export function configFiles(system: () => TestSystem) {
  const filesOf = (text: Text) =>
    Object.entries(typeof text === 'string' ? { 'all.yaml': text } : text).map(([name, one]) => ({ name, text: one }));
  const ask = (text: Text, variables: Variables = {}) =>
    system().call('POST', '/api/v1/config/plan', { files: filesOf(text), variables });
  const plan = async (text: Text, variables: Variables = {}) => {
    const answer = await ask(text, variables);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body as ConfigPlan;
  };
  const apply = async (text: Text, variables: Variables = {}) => {
    const { fingerprint } = await plan(text, variables);
    const done = await system().call('POST', '/api/v1/config/apply', { files: filesOf(text), variables, fingerprint });
    expect(done).toMatchObject({ status: 200 });
    return done.body as ConfigPlan;
  };
  const faultsOf = async (text: Text, variables: Variables = {}) => {
    const refused = await ask(text, variables);
    expect(refused.status).toBe(400);
    return (refused.body as Refused).errors.map(({ path, message }) => `${path}: ${message}`);
  };
  const exported = async (set = 'default') =>
    ((await system().call('GET', `/api/v1/config/export?set=${set}`)).body as { text: string }).text;
  const listed = async (path: string) =>
    ((await system().call('GET', `/api/v1/${path}`)).body as { items: Record<string, unknown>[] }).items;
  return { filesOf, plan, apply, faultsOf, exported, listed };
}

/** `change monitors.shop`, without what is unchanged. */
export const deeds = ({ items }: ConfigPlan) =>
  items.filter(({ action }) => action !== 'unchanged').map(({ action, section, key }) => `${action} ${section}.${key}`);
/** What changes by field; of a secret only that it does. */
export const told = (item: ConfigItem | undefined) =>
  Object.fromEntries(
    (item?.changes ?? []).map(({ field, from, to, secret }) => [field, secret ? 'secret' : [from, to]]),
  );
