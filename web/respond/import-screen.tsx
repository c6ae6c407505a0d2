import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { createImport, type ImportTool, listImports } from '#respond/contract';
import { useAct, useList } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { plural } from '../ui/format.ts';
import { Input, Select, Textarea } from '../ui/input.tsx';
import { textLink } from '../ui/link.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Page, Panel, Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { MoveSection } from '../monitor/move-section.tsx';
import { ImportGuide } from './import-guide.tsx';
import { TOOL_NAMES } from './import-words.ts';

/** Takes an export of another tool and goes on to the plan that is made of it. */
export function ImportScreen() {
  const imports = useList(listImports, {}, ['imports']);
  return (
    <Page
      title="Import"
      narrow
      below="People, schedules, policies and services of another pager, and the monitors of another tool. You see the whole plan before anything is made."
    >
      <div className="grid gap-8">
        <Section title="From another pager">
          <ExportForm />
        </Section>
        <MoveSection />
        <Section title="Plans and imports">
          <LoadedList
            list={imports}
            empty={
              <EmptyState title="Nothing was imported yet">
                A plan stays here for 7 days, or for good once it is carried out. It can be made again at any time:
                nothing is made twice.
              </EmptyState>
            }
          >
            {(items) => (
              <Rows>
                {items.map(({ id, tool, state, plannedAt, appliedAt, counts }) => (
                  <Row key={id} className="flex flex-wrap items-baseline justify-between gap-x-4">
                    <Link to="/settings/import/$importId" params={{ importId: id }} className={textLink}>
                      {TOOL_NAMES[tool]}, <RelativeTime at={appliedAt ?? plannedAt} />
                    </Link>
                    <span className="text-xs text-muted">
                      {state === 'applied'
                        ? `${plural(counts.create, 'thing')} made`
                        : `a plan: ${plural(counts.create, 'thing')} to make`}
                    </span>
                  </Row>
                ))}
              </Rows>
            )}
          </LoadedList>
        </Section>
      </div>
    </Page>
  );
}

function ExportForm() {
  const navigate = useNavigate();
  const [tool, setTool] = useState<ImportTool | ''>('');
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const plan = useAct(createImport, {
    touches: ['imports'],
    onDone: ({ id }) => void navigate({ to: '/settings/import/$importId', params: { importId: id } }),
  });
  const submit = () => {
    const document = parse(text);
    setFault(typeof document === 'string' ? document : null);
    if (typeof document !== 'string') plan.mutate({ body: { document, ...(tool === '' ? {} : { tool }) } });
  };
  return (
    <Panel className="grid gap-4 p-4">
      <Field label="Comes from">
        <Select value={tool} onChange={({ target }) => setTool(target.value as ImportTool | '')}>
          <option value="">Tell by the document</option>
          {Object.entries(TOOL_NAMES).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="File" aside=".json">
        <Input
          type="file"
          accept=".json,application/json"
          className="pt-1"
          onChange={({ target }) => void target.files?.[0]?.text().then(setText)}
        />
      </Field>
      <Field
        label="Or the document itself"
        hint="One JSON object with the lists as the tool’s own API answers them; the script below makes it."
      >
        <Textarea mono rows={4} value={text} onChange={({ target }) => setText(target.value)} spellCheck={false} />
      </Field>
      <ImportGuide tool={tool} />
      {fault === null ? null : <Note tone="bad">{fault}</Note>}
      <ErrorNote error={plan.error} />
      <div>
        <Button variant="primary" busy={plan.isPending} disabled={text.trim() === ''} onClick={submit}>
          Show the plan
        </Button>
      </div>
    </Panel>
  );
}

/** The document, or what is wrong with the text. */
function parse(text: string): Record<string, unknown> | string {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
    return 'This is JSON, but not an object. The script for the tool makes one.';
  } catch (error) {
    return `This is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`;
  }
}
