import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { IncidentView } from '#declare/contract';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Textarea } from '../ui/input.tsx';
import { textLink } from '../ui/link.ts';
import { Loaded } from '../ui/loaded.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { ComponentChips } from './component-chips.tsx';
import { NextChip, StatusChip } from './update-chips.tsx';
import { Reach, UpdateNotes } from './update-notes.tsx';
import { UpdatePreview } from './update-preview.tsx';
import { type UpdateForm, type UpdateNow, useUpdateForm } from './use-update-form.ts';

/** Writes a public update: words, status, components and the next promise, beside the page as it would be. */
export function UpdateComposer({
  incident,
  initialBody,
  onPosted,
}: {
  incident: IncidentView;
  initialBody?: string;
  onPosted: () => void;
}) {
  const state = useUpdateForm(incident, initialBody, onPosted);
  if (incident.state === 'closed') {
    return <p className="pt-3 text-muted">{incident.reference} is closed. Reopen it to say more in public.</p>;
  }
  return (
    <div className="pt-3">
      <Loaded read={state.read} rows={3}>
        {() => (state.now === undefined ? null : <Writing incident={incident} state={state} now={state.now} />)}
      </Loaded>
    </div>
  );
}

function Writing({ incident, state, now }: { incident: IncidentView; state: UpdateForm; now: UpdateNow }) {
  const { form, all } = state;
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // Opened by its key: the words are read first, so the cursor can only come now. A tab that was clicked keeps it.
    if (document.activeElement === document.body) box.current?.querySelector('textarea')?.focus();
  }, []);
  const [looking, setLooking] = useState(() => matchMedia('(min-width: 1280px)').matches);
  const { draft } = now;
  const holding = form.values.body === null && draft.lastUpdateAt !== null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    box.current?.requestSubmit();
  };
  return (
    <form
      ref={box}
      noValidate
      onSubmit={form.onSubmit}
      onKeyDown={onKeyDown}
      className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,340px)]"
    >
      <div className="flex min-w-0 flex-col gap-2.5">
        <Field
          label="Name on the page"
          error={form.error('title')}
          aside={
            draft.lastUpdateAt === null ? undefined : (
              <>
                last update <RelativeTime at={draft.lastUpdateAt} show="relative" />
              </>
            )
          }
        >
          <Input
            maxLength={200}
            dir="auto"
            value={form.values.title === '' ? draft.title : form.values.title}
            onChange={(event) => form.set('title', event.target.value)}
          />
        </Field>
        <Field
          label="What customers read"
          error={form.error('body')}
          hint="What we know · what we are doing · what comes next. No causes, no estimates."
          aside={<Origin state={state} holding={holding} />}
        >
          <Textarea
            rows={3}
            value={now.text}
            onChange={(event) => form.set('body', event.target.value)}
            onFocus={(event) => (holding ? event.target.select() : undefined)}
          />
        </Field>
        <div className="flex flex-wrap items-center gap-1.5">
          <StatusChip state={state} now={now} />
          <ComponentChips
            all={all}
            shown={now.shown}
            onChange={(id, status) => form.set('components', { ...form.values.components, [id]: status })}
          />
          <NextChip state={state} now={now} />
        </div>
        <UpdateNotes now={now} onMend={(text) => form.set('body', text)} />
        <ErrorNote error={form.problem} shown={form.fields} />
        <div className="sticky bottom-0 flex flex-wrap items-center justify-end gap-x-3 gap-y-2 bg-bg py-2 lg:-mb-4">
          <Reach incident={incident} now={now} />
          <Button
            type="submit"
            variant="primary"
            busy={form.busy}
            keyHint="mod+enter"
            aria-keyshortcuts="Control+Enter Meta+Enter"
          >
            {holding ? 'Post holding update' : 'Post update'}
          </Button>
        </div>
      </div>
      <details
        open={looking}
        onToggle={(event) => setLooking(event.currentTarget.open)}
        className="flex min-w-0 flex-col"
      >
        <summary className="w-fit text-sm font-medium max-md:py-2">As customers will see it</summary>
        {looking ? <UpdatePreview incidentId={incident.id} body={now.body} className="mt-1 h-72 max-md:h-96" /> : null}
      </details>
    </form>
  );
}

/** Where the words come from, and the way back to the shipped ones. */
function Origin({ state, holding }: { state: UpdateForm; holding: boolean }) {
  if (state.form.values.body === null) return holding ? 'holding update: post it, or type over it' : 'shipped wording';
  return (
    <button type="button" className={textLink} onClick={() => state.form.set('body', null)}>
      Back to the shipped wording
    </button>
  );
}
