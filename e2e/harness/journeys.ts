import type { Client } from '#client';
import { declareIncidentRoute } from '#declare/contract';
import { changeAlertSettings, listAlerts, readAlertSettings } from '#detect/contract';
import { checkNow, postMonitor } from '#monitor/contract';
import { waitFor } from '#test/harness/wait-for.ts';

const LONG = 'Take the order of last night out of the archive, and look for its invoice in every language';

const SCRIPT = `await step('Open the front page', async () => {
  await page.goto('/sign-in');
  await expect(page).toHaveTitle(/./);
});
await step('סל הקניות', async () => {
  await page.getByLabel('Email').fill('ann@example.org');
  await page.getByLabel('Password').fill(secret('PASSWORD'));
});
await step(${JSON.stringify(LONG)}, async () => {
  console.log('looking for the invoice');
  await expect(page.getByRole('heading', { name: 'Invoice' })).toBeVisible({ timeout: 1500 });
});
`;

/** A journey in a real browser that breaks at its third step, the alert that came of it, and an incident about both. */
export async function makeAJourney(
  client: Client,
  url: string,
): Promise<{ monitorId: string; alertId: string; incidentId: string }> {
  const { id: monitorId } = await client.call(postMonitor, {
    body: {
      kind: 'journey',
      name: 'A customer signs in and looks for an invoice',
      url,
      intervalSeconds: 3_600,
      timeoutSeconds: 60,
      options: { script: SCRIPT, secrets: { PASSWORD: 'open sesame' } },
    },
  });
  const { addressSeconds } = await client.call(readAlertSettings, {});
  // Others fail at the same address, some of them in an incident: it asks for itself, so that it can have one of its own.
  await client.call(changeAlertSettings, { body: { addressSeconds: null } });
  for (let check = 0; check < 2; check += 1) await client.call(checkNow, { params: { id: monitorId } });
  const alertId = await waitFor(
    'the alert of the journey',
    async () => (await client.call(listAlerts, { query: { monitorId } })).items[0]?.id,
    30_000,
  );
  const { id: incidentId } = await client.call(declareIncidentRoute, {
    body: { title: 'Customers find no invoice', severity: 'SEV3', alertIds: [alertId] },
  });
  await client.call(changeAlertSettings, { body: { addressSeconds } });
  return { monitorId, alertId, incidentId };
}
