import { type IncidentView, listEffects } from '#declare/contract';
import { useRead } from '../data/query.ts';
import { Checklist } from '../ui/checklist.tsx';
import { Section } from '../ui/panel.tsx';
import { topicsOf } from './open-states.ts';

const labels: Record<string, string> = {
  page: 'Page on-call',
  room: 'Open the room',
  'first-update': 'First public update',
  'status-page': 'Status page',
  task: 'Put into the work queue',
  postmortem: 'Postmortem',
};

/** What declaring set off, with the result and the time of each. */
export function EffectPanel({ incident }: { incident: IncidentView }) {
  const read = useRead(listEffects, { params: { id: incident.id } }, [...topicsOf(incident.id), 'pages']);
  if (read.data === undefined || read.data.items.length === 0) return null;
  return (
    <Section title="What declaring did">
      <Checklist
        label="Effects of the declaration"
        items={read.data.items.map((effect) => ({
          id: effect.effect,
          label: labels[effect.effect] ?? effect.effect.replaceAll('-', ' '),
          state: effect.state,
          detail: effect.detail,
          seconds:
            effect.finishedAt === null || effect.state === 'skipped'
              ? undefined
              : (Date.parse(effect.finishedAt) - Date.parse(effect.startedAt)) / 1_000,
        }))}
      />
    </Section>
  );
}
