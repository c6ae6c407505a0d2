import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { editPostmortemRoute, readPostmortemRoute, type SECTIONS } from '#learn/contract';
import { keyOf, useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Textarea } from '../ui/input.tsx';
import { Markdown } from '../ui/markdown.tsx';
import { Section } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';

interface Props {
  section: (typeof SECTIONS)[number];
  text: string;
  postmortemId: string;
  version: number;
  editable: boolean;
}

/** One section: read as it will look, written as Markdown. What was typed survives a reload and a refusal. */
export function SectionEditor(props: Props) {
  const { section, text, editable } = props;
  const [writing, setWriting] = useState(false);
  const word = text.trim() === '' ? 'Write' : 'Edit';
  const edit = editable ? (
    <Button size="sm" variant="ghost" aria-label={`${word} ${section.title}`} onClick={() => setWriting(true)}>
      {word}
    </Button>
  ) : undefined;
  return (
    <Section title={section.title} aside={writing ? undefined : edit}>
      {writing ? (
        <Writing {...props} onClose={() => setWriting(false)} />
      ) : text.trim() === '' ? (
        <p className="text-muted">{editable ? section.prompt : 'Not written.'}</p>
      ) : (
        <Markdown text={text} className="overflow-x-auto" />
      )}
    </Section>
  );
}

function Writing({ section, text, postmortemId, version, onClose }: Props & { onClose: () => void }) {
  const client = useQueryClient();
  const save = useAct(editPostmortemRoute, {
    touches: [`postmortem:${postmortemId}`, 'postmortems'],
    onDone: (saved) => {
      // The next section is written upon this version, however soon it is saved.
      client.setQueryData(keyOf(readPostmortemRoute, { params: { id: postmortemId } }), saved);
      onClose();
    },
  });
  const form = useForm({
    initial: { text },
    keep: `postmortem.${postmortemId}.${section.key}`,
    submit: (values) =>
      save.mutateAsync({ params: { id: postmortemId }, body: { version, sections: { [section.key]: values.text } } }),
  });
  return (
    <form onSubmit={form.onSubmit} className="flex flex-col gap-3">
      <Field label={section.prompt} hint="Markdown">
        <Textarea rows={8} autoFocus {...form.text('text')} />
      </Field>
      <ErrorNote error={form.problem} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={form.busy}>
          Save {section.title.toLowerCase()}
        </Button>
        <Button
          onClick={() => {
            form.reset({ text });
            onClose();
          }}
        >
          Cancel
        </Button>
      </div>
    </form>
  );
}
