import type { Client } from '#client';
import { declareFromAlert } from '#declare/contract';
import {
  changeAlertSettings,
  createAlertSource,
  listAlerts,
  readAlertRoute,
  readRouting,
  saveRouting,
} from '#detect/contract';
import { patchService, postService } from '#monitor/contract';
import { waitFor } from '#test/harness/wait-for.ts';

const ALERTS = 60;
const EXPLAINED = 14;
const HOSTS = [
  'db-1.eu-central-1.example.com',
  'payments-eu-central-1-primary-connection-pool-exhausted-0123456789abcdef-payments-eu-central-1-primary',
  'خادم-الدفع',
  '<b>web</b>',
];

/** Alerts that ask as one, of services that lean on one that is down; an incident that has such a list; one that explains others. */
export async function haveManyAtOnce(
  client: Client,
): Promise<{ alertId: string; groupId: string; incidentId: string; causeId: string }> {
  // Else they were a storm, and every screen had a banner.
  await client.call(changeAlertSettings, { body: { stormPerMinute: 500 } });
  const { version, routes, catchAll } = await client.call(readRouting, {});
  const group = { by: ['label:rack'], windowSeconds: 3_600 };
  const racks = {
    name: 'Racks',
    match: [{ field: 'label' as const, name: 'rack', op: 'exists' as const }],
    outcome: { group },
  };
  await client.call(saveRouting, { body: { version, routes: [racks, ...routes], catchAll } });
  const service = async (name: string) => (await client.call(postService, { body: { name } })).id;
  const [power, racksOf, none] = [await service('Power of the data centre'), await service('Racks'), undefined];
  await client.call(patchService, { params: { id: racksOf }, body: { dependsOn: [] } });
  const intakes = await Promise.all(
    [racksOf, racksOf, power, none].map(async (serviceId, i) => {
      const about = serviceId === undefined ? {} : { serviceId };
      return (await client.call(createAlertSource, { body: { name: `Data centre ${i}`, ...about } })).intakeUrl;
    }),
  );
  const send = async (rack: string, i: number) => {
    const labels = { rack, ...(i % 15 === 0 ? {} : { host: HOSTS[i % HOSTS.length] }) };
    const body = {
      title: `Fan ${i} of rack ${rack} has stopped, and the temperature rises`,
      severity: i % 3 === 0 ? 'critical' : 'error',
      dedupKey: `fan-${rack}-${i}`,
      labels,
    };
    const answer = await fetch(intakes[i % intakes.length] ?? '', { method: 'POST', body: JSON.stringify(body) });
    return ((await answer.json()) as { alertId: string }).alertId;
  };
  const groupOf = async (rack: string) => {
    const [first = ''] = await Promise.all(Array.from({ length: ALERTS }, (_, i) => send(rack, i)));
    const groupId = await waitFor(
      `${ALERTS} alerts of one group`,
      async () => {
        const { groupId: found } = await client.call(readAlertRoute, { params: { id: first } });
        if (found === null) return undefined;
        const { items } = await client.call(listAlerts, { query: { groupId: found, limit: 200 } });
        return items.length === ALERTS && found;
      },
      30_000,
    );
    const { items } = await client.call(listAlerts, { query: { groupId, quiet: 'false' } });
    return { groupId, leadId: items[0]?.id ?? first };
  };
  const one = await groupOf('north');
  const other = await groupOf('south');
  await client.call(patchService, { params: { id: racksOf }, body: { dependsOn: [power] } });
  const incident = await client.call(declareFromAlert, {
    params: { id: other.leadId },
    body: { title: 'No power in the south of the data centre', severity: 'SEV4' },
  });
  return {
    alertId: one.leadId,
    groupId: one.groupId,
    incidentId: incident.id,
    causeId: await haveExplained(client),
  };
}

/** An alert that explains others: of what they need. */
async function haveExplained(client: Client): Promise<string> {
  const cooling = (await client.call(postService, { body: { name: 'Cooling of hall 2' } })).id;
  const body = { name: 'Machines of hall 2', dependsOn: [cooling] };
  const machines = (await client.call(postService, { body })).id;
  const sourceOf = async (serviceId: string, name: string) =>
    (await client.call(createAlertSource, { body: { name, serviceId } })).intakeUrl;
  const send = async (intakeUrl: string, title: string, labels: object) => {
    const signal = { title, dedupKey: title, severity: 'critical', labels };
    const answer = await fetch(intakeUrl, { method: 'POST', body: JSON.stringify(signal) });
    return ((await answer.json()) as { alertId: string }).alertId;
  };
  const causeId = await send(await sourceOf(cooling, 'Cooling'), 'The cooling of hall 2 has stopped', {});
  const intakeUrl = await sourceOf(machines, 'Machines');
  for (let i = 0; i < EXPLAINED; i++)
    await send(intakeUrl, `Machine ${i} of hall 2 is too hot`, { host: `hall2-${i % 5}.example.com` });
  await waitFor(
    'one alert to explain the others',
    async () => {
      const { explains } = await client.call(readAlertRoute, { params: { id: causeId } });
      return explains?.count === EXPLAINED;
    },
    30_000,
  );
  return causeId;
}
