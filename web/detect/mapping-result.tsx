import type { Trial } from '#detect/contract';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Panel, Section } from '../ui/panel.tsx';

const words: Record<Trial['outcome'], { tone: 'ok' | 'accent' | 'neutral' | 'bad'; title: string }> = {
  firing: { tone: 'accent', title: 'Firing' },
  resolved: { tone: 'ok', title: 'Resolved' },
  ignored: { tone: 'neutral', title: 'Ignored' },
  refused: { tone: 'bad', title: 'Refused' },
};

/** What the payload becomes, field by field, or why not. */
export function MappingResult({ trial, error }: { trial: Trial | undefined; error: unknown }) {
  return (
    <Section title="What it becomes">
      <div className="grid gap-3" aria-live="polite">
        {error === undefined ? null : <ErrorNote error={error} />}
        {trial === undefined && error === undefined ? (
          <Note>Paste a payload and say where its title is: the result stands here while you type.</Note>
        ) : null}
        {trial === undefined ? null : <Outcome trial={trial} />}
      </div>
    </Section>
  );
}

function Outcome({ trial }: { trial: Trial }) {
  const { tone, title } = words[trial.outcome];
  return (
    <>
      <Note tone={tone}>
        <strong>{title}.</strong> {trial.message}
      </Note>
      {trial.fields.length === 0 ? null : (
        <Panel>
          <dl className="divide-y divide-line">
            {trial.fields.map(({ field, value, note }) => (
              <div key={field} className="grid gap-x-3 gap-y-0.5 px-3 py-2 sm:grid-cols-[130px_minmax(0,1fr)]">
                <dt className="font-mono text-xs leading-5 break-all text-muted">{field}</dt>
                <dd className="min-w-0">
                  {value === null ? (
                    <span className="text-muted">left out</span>
                  ) : (
                    <bdi className="break-words">{value}</bdi>
                  )}
                  {note === null ? null : <span className="block text-xs break-words text-muted">{note}</span>}
                </dd>
              </div>
            ))}
          </dl>
        </Panel>
      )}
    </>
  );
}
