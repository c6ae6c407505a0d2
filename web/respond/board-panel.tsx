import { useState } from 'react';
import type { IncidentView } from '#declare/contract';
import { addBoardLineRoute, type BoardView, readBoardRoute, writeBoardRoute } from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { useAct, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { isOpen, topicsOf } from '../declare/open-states.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input } from '../ui/input.tsx';
import { Section } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';

const fields = [
  { key: 'doing', title: 'Doing', ask: 'What are you doing?' },
  { key: 'know', title: 'Know', ask: 'What is known?' },
  { key: 'dontKnow', title: 'Don’t know', ask: 'What is still open?' },
  { key: 'next', title: 'Next', ask: 'What comes next?' },
] as const;
type FieldKey = (typeof fields)[number]['key'];

/** The commander's board: who does what, what is known, what is not, what is next. */
export function BoardPanel({ incident }: { incident: IncidentView }) {
  const read = useRead(readBoardRoute, { params: { id: incident.id } }, topicsOf(incident.id));
  const may = useMay('incidents.respond') && isOpen(incident);
  const [adding, setAdding] = useState<FieldKey>();
  const asked = fields.find(({ key }) => key === adding);
  return (
    <Section title="Board">
      <div className="grid grid-cols-2 overflow-hidden rounded-panel border border-line bg-line [gap:1px]">
        {fields.map(({ key, title }) => (
          <div key={key} className="min-h-16 min-w-0 bg-surface px-3 py-2">
            <div className="flex items-center justify-between">
              <h3 className="text-xs text-muted">{title}</h3>
              {may ? (
                <IconButton label={`Add to ${title}`} size="sm" className="-mt-1 -mr-2" onClick={() => setAdding(key)}>
                  <span aria-hidden="true">+</span>
                </IconButton>
              ) : null}
            </div>
            {read.data === undefined ? null : <Lines board={read.data} field={key} editable={may} />}
          </div>
        ))}
      </div>
      {asked === undefined ? null : <AddLine incident={incident} field={asked} onClose={() => setAdding(undefined)} />}
    </Section>
  );
}

function Lines({ board, field, editable }: { board: BoardView; field: FieldKey; editable: boolean }) {
  const nameOf = usePersonName();
  const write = useAct(writeBoardRoute, { touches: topicsOf(board.incidentId) });
  const { doing, know, dontKnow, next, version } = board;
  const document = { doing, know, dontKnow, next };
  const strike = (index: number) => {
    const rest = { ...document, [field]: document[field].filter((_, other) => other !== index) };
    write.mutate({ params: { id: board.incidentId }, body: { ...rest, version } });
  };
  return (
    <ul className="flex flex-col gap-1">
      {document[field].map((line, index) => {
        const text = typeof line === 'string' ? line : line.text;
        const userId = typeof line === 'string' ? null : line.userId;
        return (
          <li key={`${index} ${text}`} className="group flex items-start gap-1">
            <span dir="auto" className="min-w-0 flex-1 text-left break-words">
              {text} {userId === null ? null : <Avatar name={nameOf(userId)} size="sm" />}
            </span>
            {editable ? (
              <button
                type="button"
                aria-label={`Strike: ${text}`}
                onClick={() => strike(index)}
                className="px-1 text-muted opacity-0 group-hover:opacity-100 focus-visible:opacity-100 max-md:opacity-100"
              >
                ×
              </button>
            ) : null}
          </li>
        );
      })}
      <ErrorNote error={write.error} />
    </ul>
  );
}

function AddLine({
  incident,
  field,
  onClose,
}: {
  incident: IncidentView;
  field: (typeof fields)[number];
  onClose: () => void;
}) {
  const add = useAct(addBoardLineRoute, { touches: topicsOf(incident.id), onDone: onClose });
  const form = useForm({
    initial: { text: '' },
    submit: ({ text }) => add.mutateAsync({ params: { id: incident.id }, body: { field: field.key, text } }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="sm"
      title={field.title}
      onSubmit={form.onSubmit}
      footer={
        <Button type="submit" variant="primary" busy={form.busy}>
          Put it on the board
        </Button>
      }
    >
      <Field label={field.ask} error={form.error('text')}>
        <Input autoFocus {...form.text('text')} />
      </Field>
      <ErrorNote error={form.problem} shown={form.fields} className="mt-3" />
    </Dialog>
  );
}
