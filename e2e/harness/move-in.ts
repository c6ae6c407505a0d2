import { readFile } from 'node:fs/promises';
import type { Client } from '#client';
import { applyImport, createImport } from '#respond/contract';

/** An export that was imported, and another one of which there is a plan; answers with the plan's id. */
export async function moveIn(client: Client): Promise<string> {
  const { id } = await client.call(createImport, { body: { document: await readExport('pagerduty') } });
  await client.call(applyImport, { params: { id } });
  const plan = await client.call(createImport, { body: { document: await readExport('opsgenie') } });
  return plan.id;
}

async function readExport(name: string): Promise<Record<string, unknown>> {
  const file = new URL(`../../test/exports/${name}.json`, import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
}
