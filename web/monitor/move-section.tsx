import { useState } from 'react';
import { type ConfigFile, convertMonitoring, type Moved, type MovingItem, type MovingTool } from '#monitor/contract';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { downloadText } from '../ui/download-text.ts';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Select } from '../ui/input.tsx';
import { Panel, Row, Rows, Section } from '../ui/panel.tsx';
import { ConfigTrial } from './config-trial.tsx';
import { MOVING_NAMES, OUTCOME_WORDS } from './move-words.ts';

/** Larger ones are read by the command line, which leaves their history where it is. */
const MOST_BYTES = 24 * 1024 * 1024;

type Handed = { readonly files: ConfigFile[]; readonly database: string | null; readonly tooLarge: boolean };
const NOTHING: Handed = { files: [], database: null, tooLarge: false };

/** Takes the configuration of another tool that monitors, and goes on to what becomes of it. */
export function MoveSection() {
  const mayManage = useMay('monitors.manage');
  const [tool, setTool] = useState<MovingTool | ''>('');
  const [handed, setHanded] = useState(NOTHING);
  const convert = useAct(convertMonitoring);
  if (!mayManage) return null;
  const { files, database, tooLarge } = handed;
  return (
    <Section title="From another monitoring tool">
      <Panel className="grid gap-4 p-4">
        <Field label="Monitors come from">
          <Select
            value={tool}
            onChange={({ target }) => {
              setTool(target.value as MovingTool | '');
              convert.reset();
            }}
          >
            <option value="">Tell by the file</option>
            {Object.entries(MOVING_NAMES).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label="Database or files"
          aside=".db, .json, .yaml"
          hint="kuma.db or the backup of version 1; openstatus.yaml; checks as the API of Checkly lists them; blackbox.yml and prometheus.yml together."
        >
          <Input
            type="file"
            multiple
            accept=".db,.json,.yaml,.yml"
            className="pt-1"
            onChange={({ target }) => {
              convert.reset();
              void take(target.files).then(setHanded);
            }}
          />
        </Field>
        {tooLarge ? (
          <Note tone="warn">
            This is larger than 24 MB. The command line reads it where it lies and leaves its history there:{' '}
            <code>allclear import kuma.db</code>
          </Note>
        ) : null}
        <ErrorNote error={convert.error} />
        <div>
          <Button
            variant={convert.data === undefined ? 'primary' : 'secondary'}
            busy={convert.isPending}
            disabled={files.length === 0 && database === null}
            onClick={() =>
              convert.mutate({
                body: { files, ...(database === null ? {} : { database }), ...(tool === '' ? {} : { tool }) },
              })
            }
          >
            Show what becomes of it
          </Button>
        </div>
      </Panel>
      {convert.data === undefined ? null : <Report key={convert.data.text} moved={convert.data} />}
    </Section>
  );
}

async function take(list: FileList | null): Promise<Handed> {
  const chosen = [...(list ?? [])];
  if (chosen.some(({ size }) => size > MOST_BYTES)) return { ...NOTHING, tooLarge: true };
  const databases = chosen.filter(({ name }) => /\.(db|sqlite3?)$/i.test(name));
  const texts = chosen.filter((file) => !databases.includes(file));
  const [database] = databases;
  return {
    files: await Promise.all(texts.map(async (file) => ({ name: file.name, text: await file.text() }))),
    database: database === undefined ? null : await base64Of(database),
    tooLarge: false,
  };
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).split(',', 2)[1] ?? ''));
    reader.addEventListener('error', () => reject(reader.error ?? new Error(`${file.name} cannot be read`)));
    reader.readAsDataURL(file);
  });
}

function Report({ moved }: { moved: Moved }) {
  const { counts, items, remarks, text, variables, tool } = moved;
  return (
    <div className="mt-6 grid gap-6">
      <Section
        title={`What becomes of ${MOVING_NAMES[tool]}`}
        aside={`${counts.same} as they are, ${counts.changed} with a difference, ${counts.left} stay behind`}
      >
        <Rows>
          {items.map((item) => (
            <Item key={`${item.kind} ${item.name} ${item.becomes}`} item={item} />
          ))}
        </Rows>
        {remarks.length === 0 ? null : (
          <ul className="mt-3 grid list-disc gap-1 pl-5 text-muted">
            {remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="As a configuration file">
        <p className="mb-3 text-muted">
          Carry it out here, or keep the file and apply it from a repository. Its secrets stand beside it, not in it.
        </p>
        <Button className="mb-4" onClick={() => downloadText('monitoring.yaml', 'application/yaml', text)}>
          Download the file
        </Button>
        <ConfigTrial files={[{ name: 'monitoring.yaml', text }]} known={variables} />
      </Section>
    </div>
  );
}

function Item({ item: { kind, name, outcome, becomes, notes } }: { item: MovingItem }) {
  const word = OUTCOME_WORDS[outcome];
  return (
    <Row className="grid gap-x-4 gap-y-2 md:grid-cols-[14rem_9rem_1fr]">
      <div className="min-w-0">
        <p className="font-medium break-words">
          <bdi>{name}</bdi>
        </p>
        <p className="text-xs break-words text-muted">
          {kind}
          {becomes === null ? null : ` → ${becomes}`}
        </p>
      </div>
      <div>
        <Badge tone={word.tone} glyph={word.glyph}>
          {word.text}
        </Badge>
      </div>
      <ul className="grid min-w-0 content-start gap-1 text-sm break-words">
        {notes.map(({ meaning, text }) => (
          <li key={text}>
            <span className="font-medium">{meaning === 'lost' ? 'Left behind: ' : 'Different: '}</span>
            {text}
          </li>
        ))}
      </ul>
    </Row>
  );
}
