import { type KeyboardEvent, useRef } from 'react';
import { addNote, COMMANDS, type IncidentView, parseCommand } from '#declare/contract';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { Textarea } from '../ui/input.tsx';
import { useForm } from '../ui/use-form.ts';
import { AttachButton } from './attach-button.tsx';
import { topicsOf } from './open-states.ts';
import { useCommandRunner } from './run-command.ts';

/** The note box: what happened, in a line; a line that starts with `/` does something. */
export function NoteForm({ incident, onUpdate }: { incident: IncidentView; onUpdate: (text: string | null) => void }) {
  const form = useRef<HTMLFormElement>(null);
  const note = useAct(addNote, { touches: topicsOf(incident.id) });
  const run = useCommandRunner(incident, onUpdate);
  const state = useForm({
    initial: { text: '' },
    keep: `note.${incident.id}`,
    refuse: ({ text }) => (text.trim() === '' ? { text: 'Write something first.' } : {}),
    submit: async ({ text }) => {
      const parsed = parseCommand(text);
      if (parsed === null)
        await note.mutateAsync({ params: { id: incident.id }, body: { body: text.replace(/^\/\//, '/') } });
      else if (parsed.ok) await run(parsed.command);
      else throw new Error(parsed.message);
      state.reset({ text: '' });
    },
  });
  const { text } = state.values;
  const commands = /^\/[a-z]*$/i.test(text)
    ? COMMANDS.filter(({ name }) => name.startsWith(text.slice(1).toLowerCase()))
    : [];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  return (
    <form ref={form} onSubmit={state.onSubmit} className="flex flex-col gap-2 pt-3">
      <Textarea
        rows={1}
        aria-label="Note"
        placeholder="What happened, what you found, what you try. / for commands"
        {...state.text('text')}
        onKeyDown={onKeyDown}
      />
      {commands.length === 0 ? null : (
        <ul aria-label="Commands" className="rounded-control border border-line bg-surface text-xs">
          {commands.map((command) => (
            <li key={command.name}>
              <button
                type="button"
                className="flex w-full gap-3 px-3 py-1.5 text-left hover:bg-sunken"
                onClick={() => {
                  state.set('text', `/${command.name} `);
                  form.current?.querySelector('textarea')?.focus();
                }}
              >
                <code className="w-36 shrink-0 font-mono">{command.usage}</code>
                <span className="text-muted">{command.does}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <ErrorNote
        error={state.problem ?? (state.error('text') === undefined ? undefined : new Error(state.error('text')))}
      />
      <div className="flex items-center justify-between gap-2">
        <AttachButton incident={incident} />
        <span className="flex items-center gap-2">
          <span className="text-xs text-muted max-md:hidden">
            <KeyHint keys="shift+enter" /> for a new line
          </span>
          <Button type="submit" variant="primary" busy={state.busy}>
            Add to the timeline
          </Button>
        </span>
      </div>
    </form>
  );
}
