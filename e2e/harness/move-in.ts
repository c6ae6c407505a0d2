import { readFile } from 'node:fs/promises';
import type { Client } from '#client';
import { applyConfig, planConfig } from '#monitor/contract';
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

/** A monitor that files manage; answers with its id. */
export async function manageByFiles(client: Client): Promise<string> {
  const text = `set: payments.production
services: { reports-by-file: { name: Reports that files describe } }
monitors:
  reports-nightly-with-a-key-that-somebody-chose-to-be-as-long-as-a-sentence:
    { kind: heartbeat, name: Nightly reports, service: reports-by-file, cron: '0 3 * * *', timeZone: Europe/Berlin }`;
  const body = { files: [{ name: 'reports.yaml', text }] };
  const { fingerprint } = await client.call(planConfig, { body });
  const { items } = await client.call(applyConfig, { body: { ...body, fingerprint } });
  return items.find(({ section }) => section === 'monitors')?.id ?? '';
}
