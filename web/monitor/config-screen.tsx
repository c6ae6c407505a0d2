import { useState } from 'react';
import { type ConfigFile, exportConfig } from '#monitor/contract';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { downloadText } from '../ui/download-text.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Input, Textarea } from '../ui/input.tsx';
import { Page, Panel, Section } from '../ui/panel.tsx';
import { ConfigTrial } from './config-trial.tsx';

/** Services, monitors, SLOs and maintenance as files: out of here, and into here by a plan. */
export function ConfigScreen() {
  const mayManage = useMay('monitors.manage');
  return (
    <Page
      title="Configuration files"
      narrow
      below="Services, monitors, SLOs and maintenance windows, kept as YAML. You see every difference before anything changes."
    >
      <div className="grid gap-8">
        <Export />
        {mayManage ? <Apply /> : null}
      </div>
    </Page>
  );
}

function Export() {
  const asked = useAct(exportConfig, {
    onDone: ({ text }) => downloadText('monitoring.yaml', 'application/yaml', text),
  });
  return (
    <Section title="What is here, as a file">
      <Panel className="grid gap-3 p-4">
        <p>
          Everything that was made on the screens or by files, without its secrets: they read <code>[secret]</code>,
          which keeps what is stored.
        </p>
        <ErrorNote error={asked.error} />
        <div>
          <Button busy={asked.isPending} onClick={() => asked.mutate({})}>
            Download monitoring.yaml
          </Button>
        </div>
      </Panel>
    </Section>
  );
}

function Apply() {
  const [chosen, setChosen] = useState<readonly ConfigFile[]>([]);
  const [text, setText] = useState('');
  const files = text.trim() === '' ? chosen : [...chosen, { name: 'text', text }];
  return (
    <Section title="Apply files">
      <Panel className="grid gap-4 p-4">
        <Field
          label="Files"
          aside=".yaml, .json"
          hint="All files of a set together: what they no longer name is removed."
        >
          <Input
            type="file"
            multiple
            accept=".yaml,.yml,.json"
            className="pt-1"
            onChange={({ target }) => void read(target.files).then(setChosen)}
          />
        </Field>
        <Field label="Or the text itself">
          <Textarea mono rows={8} value={text} onChange={({ target }) => setText(target.value)} spellCheck={false} />
        </Field>
      </Panel>
      <div className="mt-4">
        <ConfigTrial key={JSON.stringify(files)} files={files} />
      </div>
    </Section>
  );
}

async function read(list: FileList | null): Promise<ConfigFile[]> {
  return Promise.all([...(list ?? [])].map(async (file) => ({ name: file.name, text: await file.text() })));
}
