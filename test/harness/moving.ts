import { afterAll, beforeAll, expect } from 'vitest';
import { parse } from 'yaml';
import type { ConfigPlan, Moved } from '#monitor/contract';
import { createTestSystem, type TestSystem } from './system.ts';

/** A workspace into which things are moved, for the tests of one file. */
export function tellOfMoving() {
  let t: TestSystem;
  beforeAll(async () => {
    t = await createTestSystem();
  });
  afterAll(() => t.close());

  const convert = (body: object) => t.call('POST', '/api/v1/config/convert', body);
  const move = async (body: object) => {
    const answer = await convert(body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body as Moved;
  };
  /** The file plans without faults, everything in it is made, and then it plans as no change. */
  const makeSo = async ({ text, variables }: Moved) => {
    const body = { files: [file('moved.yaml', text)], variables };
    const plan = await t.call('POST', '/api/v1/config/plan', body);
    expect(plan.status, JSON.stringify(plan.body)).toBe(200);
    const { fingerprint } = plan.body as ConfigPlan;
    const done = await t.call('POST', '/api/v1/config/apply', { ...body, fingerprint });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    const again = await t.call('POST', '/api/v1/config/plan', body);
    expect((again.body as ConfigPlan).counts).toMatchObject({ add: 0, change: 0, remove: 0 });
    return (done.body as ConfigPlan).counts;
  };
  return { system: () => t, convert, move, makeSo };
}

export const file = (name: string, text: string | object) => ({
  name,
  text: typeof text === 'string' ? text : JSON.stringify(text),
});

export const outcomes = ({ items }: Moved) =>
  Object.fromEntries(items.map(({ name, outcome, becomes }) => [name, `${outcome} ${becomes ?? '-'}`]));
export const notesOf = ({ items }: Moved, wanted: string) =>
  items.find(({ name }) => name === wanted)?.notes.map(({ meaning, text }) => `${meaning}: ${text}`) ?? [];

type File = Record<string, Record<string, Record<string, unknown>>>;
export const fileOf = ({ text }: Moved) => parse(text) as File;
