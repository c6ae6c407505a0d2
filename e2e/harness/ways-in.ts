import type { Client } from '#client';
import { createAlertSource, MAPPING_PRESETS, saveMapping } from '#detect/contract';

/** A source that reads the JSON of another tool, and has refused something. */
export async function mapAnotherTool(client: Client): Promise<string> {
  const source = await client.call(createAlertSource, { body: { name: 'Datadog of the payments team' } });
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
  return source.id;
}

/** A source that takes mail. */
export async function takeMail(client: Client): Promise<string> {
  return (await client.call(createAlertSource, { body: { name: 'Nagios of the data centre', kind: 'email' } })).id;
}
