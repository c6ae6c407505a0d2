import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import {
  type AlertSourceView,
  MAPPING_PRESETS,
  readAlertSource,
  readMapping,
  saveMapping,
  type SourceMapping,
} from '#detect/contract';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy-button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Select, Textarea } from '../ui/input.tsx';
import { textLink } from '../ui/link.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Section } from '../ui/panel.tsx';
import { draftOf, EMPTY_DRAFT, mappingOf } from './mapping-draft.ts';
import { MappingFields } from './mapping-fields.tsx';
import { MappingResult } from './mapping-result.tsx';
import { RefusedList } from './refused-list.tsx';
import { SubscriptionNote } from './subscription-note.tsx';
import { useMappingTrial } from './use-mapping-trial.ts';

/** How an alert source understands the JSON of another tool: the payload at the left, what it becomes at the right. */
export function MappingScreen() {
  const { sourceId } = useParams({ from: '/shell/settings/alert-sources/$sourceId/mapping' });
  const source = useRead(readAlertSource, { params: { id: sourceId } }, ['settings']);
  return (
    <LoadedScreen read={source} title="Mapping">
      {(data) => <MappingContent source={data} />}
    </LoadedScreen>
  );
}

function MappingContent({ source }: { source: AlertSourceView }) {
  const stored = useRead(readMapping, { params: { id: source.id } }, ['settings']);
  return (
    <Page
      title={`Mapping of ${source.name}`}
      above={
        <Link to="/settings/alert-sources" className={textLink}>
          Alert sources
        </Link>
      }
      below="Says how the JSON of another tool becomes an alert. Without a mapping the source takes our own fields."
    >
      <Loaded read={stored} rows={6}>
        {(data) => (
          <div className="grid grid-cols-1 gap-6">
            <CopyLine label="Address" text={source.intakeUrl} />
            <SubscriptionNote stored={data} />
            <Editor key={data.changedAt ?? 'none'} stored={data} />
            <RefusedList sourceId={source.id} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Editor({ stored }: { stored: SourceMapping }) {
  const [draft, setDraft] = useState(() => (stored.mapping === null ? EMPTY_DRAFT : draftOf(stored.mapping)));
  const [payload, setPayload] = useState(stored.sample ?? '');
  const { trial, error } = useMappingTrial(stored.alertSourceId, draft, payload);
  const preset = MAPPING_PRESETS.find(({ id }) => id === draft.preset);
  const save = useAct(saveMapping, { touches: ['settings'], onDone: () => toast({ text: 'Mapping saved' }) });
  const params = { id: stored.alertSourceId };
  const begin = (id: string) => {
    const chosen = MAPPING_PRESETS.find((one) => one.id === id);
    setDraft(chosen === undefined ? { ...draft, preset: '' } : draftOf(chosen.mapping));
    if (chosen !== undefined) setPayload(JSON.stringify(chosen.sample, null, 2));
  };
  return (
    <div className="grid items-start gap-6 xl:grid-cols-2">
      <div className="grid min-w-0 gap-4">
        <Field label="Begin with" hint={preset?.advice}>
          <Select value={draft.preset} onChange={(event) => begin(event.target.value)}>
            <option value="">Nothing: a tool of my own</option>
            {MAPPING_PRESETS.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Payload" hint="Paste what your tool sends. It is kept, to try the next change on.">
          <Textarea
            mono
            rows={8}
            spellCheck={false}
            value={payload}
            onChange={(event) => setPayload(event.target.value)}
            placeholder={'{\n  "host": "db1",\n  "check": "disk"\n}'}
          />
        </Field>
        <Section title="Mapping">
          <MappingFields draft={draft} onChange={setDraft} error={error} />
        </Section>
      </div>
      <div className="grid min-w-0 gap-4 xl:sticky xl:top-4">
        <MappingResult trial={trial} error={error} />
        <ErrorNote error={save.error} />
        <div className="flex flex-wrap gap-2">
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={trial === undefined || trial.outcome === 'refused'}
            onClick={() => save.mutate({ params, body: { mapping: mappingOf(draft), payload } })}
          >
            Save the mapping
          </Button>
          {stored.mapping === null ? null : (
            <Button busy={save.isPending} onClick={() => save.mutate({ params, body: { mapping: null } })}>
              Remove the mapping
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
