import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '#client';
import { changeStatusPage } from '#communicate/contract';
import { createAlertSource, listAlerts, MAPPING_PRESETS, saveMapping } from '#detect/contract';

/** A source that reads the JSON of another tool, has refused something, and was sent more than it may. */
export async function mapAnotherTool(client: Client): Promise<string> {
  const source = await client.call(createAlertSource, {
    body: { name: 'Datadog of the payments team', signalsPerMinute: 2 },
  });
  const preset = MAPPING_PRESETS.find(({ id }) => id === 'datadog');
  if (!preset) throw new Error('there is no such preset');
  await client.call(saveMapping, {
    params: { id: source.id },
    body: { mapping: preset.mapping, payload: JSON.stringify(preset.sample, null, 2) },
  });
  for (const body of ['{"host":"eu-1"}', 'alert=Queue+is+long']) {
    const answer = await fetch(source.intakeUrl, { method: 'POST', body });
    if (answer.status !== 400) throw new Error(`the intake answered ${answer.status}`);
  }
  const over = await fetch(source.intakeUrl, { method: 'POST', body: '{"host":"eu-1"}' });
  if (over.status !== 429) throw new Error(`the intake answered ${over.status}`);
  return source.id;
}

/** A source that takes mail. */
export async function takeMail(client: Client): Promise<string> {
  return (await client.call(createAlertSource, { body: { name: 'Nagios of the data centre', kind: 'email' } })).id;
}

/** A page that takes reports, and two visitors who send one; their alert and the source that it came by. */
export async function takeReports(
  house: { readonly url: string },
  client: Client,
  id: string,
): Promise<{ alertId: string; sourceId: string }> {
  const page = await client.call(changeStatusPage, { params: { id }, body: { takesReports: true } });
  const address = `${house.url}/s/${page.slug}/report`;
  const form = await (await fetch(address)).text();
  const stamp = /name="stamp" value="([^"]+)"/.exec(form)?.[1] ?? '';
  // Nobody fills a form in less, and it says so.
  await pause(2_100);
  for (const words of ['I cannot pay.\nThe button spins and spins, on the phone and on the desk.', 'Payment fails']) {
    const answer = await fetch(address, { method: 'POST', body: new URLSearchParams({ stamp, words, email: '' }) });
    if (!answer.ok) throw new Error(`the form answered ${answer.status}`);
  }
  const { items } = await client.call(listAlerts, { query: { limit: 200 } });
  const alert = items.find(({ alertSourceName }) => alertSourceName?.startsWith('Reports on'));
  return { alertId: alert?.id ?? '', sourceId: page.reportSourceId ?? '' };
}

/** A help desk, which has sent one ticket that was understood and one that was not. */
export async function takeTickets(client: Client): Promise<string> {
  const source = await client.call(createAlertSource, { body: { name: 'Help desk', kind: 'ticket' } });
  for (const ticket of [
    { id: 4711, subject: 'Cannot log in since this morning', requesters: 7 },
    { note: 'no ticket' },
  ])
    await fetch(source.intakeUrl, { method: 'POST', body: JSON.stringify(ticket) });
  return source.id;
}

/** A source in shadow with an alert for which somebody would have been paged. */
export async function shadowAnotherPager(client: Client): Promise<{ sourceId: string; alertId: string }> {
  const source = await client.call(createAlertSource, {
    body: { name: 'The pager before this one', kind: 'grafana', shadow: true },
  });
  const answer = await fetch(source.intakeUrl, {
    method: 'POST',
    body: JSON.stringify({
      status: 'firing',
      alerts: [
        {
          status: 'firing',
          labels: { alertname: 'SettlementStuck', severity: 'critical', instance: 'settlement-3.example.com' },
          annotations: {
            summary: 'Payments of the whole region wait for the settlement service',
            runbook_url: 'https://wiki.example.com/runbooks/settlement',
          },
          dashboardURL: 'https://grafana.example.com/d/payments/everything-about-payments-of-the-region',
          panelURL: 'https://grafana.example.com/d/payments/everything?viewPanel=7',
          silenceURL: 'https://grafana.example.com/alerting/silence/new',
          imageURL: 'https://pictures.example.com/settlement.png',
        },
      ],
    }),
  });
  const { alerts } = (await answer.json()) as { alerts: readonly { alertId: string }[] };
  return { sourceId: source.id, alertId: alerts[0]?.alertId ?? '' };
}

/** What was deployed a moment before everything began to fail. */
export async function tellOfChanges(client: Client): Promise<void> {
  const { key, intakeUrl } = await client.call(createAlertSource, { body: { name: 'Deployments', kind: 'pagerduty' } });
  const changes = [
    { summary: 'Deployed payments 4.20.1 to all regions', source: 'ci-runner-7.build.example.com' },
    { summary: 'עדכון של חומת האש, ופתיחת הפורטים של המחסן', source: null },
  ];
  for (const { summary, source } of changes) {
    const body = JSON.stringify({
      routing_key: key,
      payload: { summary, ...(source === null ? {} : { source }) },
      links: [{ href: 'https://ci.example.com/builds/41877', text: 'Build 41877' }],
    });
    const answer = await fetch(new URL('/v2/change/enqueue', intakeUrl), { method: 'POST', body });
    if (answer.status !== 202) throw new Error(`the change was answered with ${answer.status}`);
  }
}
