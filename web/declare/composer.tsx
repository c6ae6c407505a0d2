import { lazy, Suspense, useRef, useState } from 'react';
import type { IncidentView } from '#declare/contract';
import { useKey } from '../app/keys.ts';
import { useMay } from '../data/session.ts';
import { LoadingRows } from '../ui/skeleton.tsx';
import { TabPanel, Tabs } from '../ui/tabs.tsx';
import { TaskForm } from '../respond/task-form.tsx';
import { NoteForm } from './note-form.tsx';
import { isOpen } from './open-states.ts';

// Heavy (preview, wording): loaded when somebody is about to write one.
const UpdateComposer = lazy(() =>
  import('../communicate/update-composer.tsx').then((module) => ({ default: module.UpdateComposer })),
);

type Mode = 'note' | 'update' | 'task';

/** Always there, under the timeline: a note, a public update, a task. */
export function Composer({ incident }: { incident: IncidentView }) {
  const mayWrite = useMay('incidents.respond');
  const mayPublish = useMay('updates.publish') && incident.state !== 'suspected' && incident.state !== 'declined';
  const [mode, setMode] = useState<Mode>('note');
  const [updateText, setUpdateText] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  const go = (next: Mode) => {
    setMode(next);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('textarea, input')?.focus());
  };
  useKey('n', 'Write a note', () => go('note'), mayWrite);
  useKey('u', 'Write a public update', () => go('update'), mayPublish);
  useKey('t', 'Add a task', () => go('task'), mayWrite && isOpen(incident));
  if (!mayWrite) return null;
  const tabs = [
    { value: 'note' as const, label: 'Note', keyHint: 'n' },
    ...(mayPublish ? [{ value: 'update' as const, label: 'Public update', keyHint: 'u' }] : []),
    ...(isOpen(incident) ? [{ value: 'task' as const, label: 'Task', keyHint: 't' }] : []),
  ];
  const shown = tabs.some(({ value }) => value === mode) ? mode : 'note';
  return (
    <div ref={box} className="border-t border-line bg-bg px-4 pt-1 pb-4 md:px-5 lg:max-h-[60%] lg:overflow-y-auto">
      <Tabs label="Write" value={shown} onChange={setMode} tabs={tabs}>
        <TabPanel value="note">
          <NoteForm
            incident={incident}
            onUpdate={(text) => {
              setUpdateText(text ?? undefined);
              go('update');
            }}
          />
        </TabPanel>
        <TabPanel value="update">
          <Suspense fallback={<LoadingRows rows={3} />}>
            <UpdateComposer
              key={updateText ?? ''}
              incident={incident}
              {...(updateText === undefined ? {} : { initialBody: updateText })}
              onPosted={() => {
                setUpdateText(undefined);
                setMode('note');
              }}
            />
          </Suspense>
        </TabPanel>
        <TabPanel value="task">
          <TaskForm incident={incident} onAdded={() => setMode('note')} />
        </TabPanel>
      </Tabs>
    </div>
  );
}
