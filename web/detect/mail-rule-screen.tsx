import { Link, useParams } from '@tanstack/react-router';
import { readAlertSource, readMailRule, saveMailRule } from '#detect/contract';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Select, Textarea } from '../ui/input.tsx';
import { textLink } from '../ui/link.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Section } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';
import { MailAddress } from './mail-address.tsx';
import { RefusedList } from './refused-list.tsx';

type Severity = 'critical' | 'error' | 'warning' | 'info';
interface Rule {
  resolvedWords: readonly string[];
  ignoredWords: readonly string[];
  severity: Severity;
}

/** What a source of mail takes from a subject. */
export function MailRuleScreen() {
  const { sourceId } = useParams({ from: '/shell/settings/alert-sources/$sourceId/mail' });
  const source = useRead(readAlertSource, { params: { id: sourceId } }, ['settings']);
  const rule = useRead(readMailRule, { params: { id: sourceId } }, ['settings']);
  return (
    <LoadedScreen read={source} title="Mail">
      {(data) => (
        <Page
          title={`Mail of ${data.name}`}
          narrow
          above={
            <Link to="/settings/alert-sources" className={textLink}>
              Alert sources
            </Link>
          }
          below="A mail to this address opens an alert with its subject as the title; a subject that says so closes it."
        >
          <div className="grid gap-6">
            <MailAddress source={data} />
            <Section title="Words in a subject">
              <Loaded read={rule} rows={3}>
                {(kept) => <RuleForm key={kept.changedAt ?? 'usual'} sourceId={sourceId} rule={kept} />}
              </Loaded>
            </Section>
            <RefusedList sourceId={sourceId} />
          </div>
        </Page>
      )}
    </LoadedScreen>
  );
}

function unlist(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function RuleForm({ sourceId, rule }: { sourceId: string; rule: Rule }) {
  const save = useAct(saveMailRule, { touches: ['settings'], onDone: () => toast({ text: 'Words saved' }) });
  const form = useForm({
    initial: {
      resolvedWords: rule.resolvedWords.join(', '),
      ignoredWords: rule.ignoredWords.join(', '),
      severity: rule.severity as string,
    },
    submit: ({ resolvedWords, ignoredWords, severity }) =>
      save.mutateAsync({
        params: { id: sourceId },
        body: {
          resolvedWords: unlist(resolvedWords),
          ignoredWords: unlist(ignoredWords),
          severity: severity as Severity,
        },
      }),
  });
  return (
    <form className="grid gap-4" onSubmit={form.onSubmit}>
      <Field
        label="Resolved"
        aside="by commas"
        hint="The first word that says so decides. Words of up to three letters count only as written here."
        error={form.error('resolvedWords')}
      >
        <Textarea rows={2} {...form.text('resolvedWords')} />
      </Field>
      <Field
        label="Ignored"
        aside="by commas"
        hint="A mail with one of these opens and closes nothing."
        error={form.error('ignoredWords')}
      >
        <Textarea rows={2} {...form.text('ignoredWords')} />
      </Field>
      <Field
        label="Severity"
        hint="When the subject has no CRITICAL, DOWN, WARNING or the like."
        error={form.error('severity')}
      >
        <Select {...form.text('severity')}>
          <option value="critical">critical</option>
          <option value="error">error</option>
          <option value="warning">warning</option>
          <option value="info">info</option>
        </Select>
      </Field>
      <ErrorNote error={form.problem} shown={form.fields} />
      <div>
        <Button type="submit" variant="primary" busy={form.busy}>
          Save the words
        </Button>
      </div>
    </form>
  );
}
