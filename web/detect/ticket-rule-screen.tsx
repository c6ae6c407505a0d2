import { Link, useParams } from '@tanstack/react-router';
import { readAlertSource, readTicketRule, saveTicketRule } from '#detect/contract';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy-button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Select } from '../ui/input.tsx';
import { textLink } from '../ui/link.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Section } from '../ui/panel.tsx';
import { useForm } from '../ui/use-form.ts';
import { IgnoredMail } from './ignored-mail.tsx';
import { MailAddress } from './mail-address.tsx';
import { RefusedList } from './refused-list.tsx';

type SameBy = 'subject' | 'component' | 'ticket';
type Severity = 'critical' | 'error' | 'warning' | 'info';

/** When tickets of a help desk are one alert. */
export function TicketRuleScreen() {
  const { sourceId } = useParams({ from: '/shell/settings/alert-sources/$sourceId/tickets' });
  const source = useRead(readAlertSource, { params: { id: sourceId } }, ['settings']);
  const rule = useRead(readTicketRule, { params: { id: sourceId } }, ['settings']);
  return (
    <LoadedScreen read={source} title="Tickets">
      {(data) => (
        <Page
          title={`Tickets of ${data.name}`}
          narrow
          above={
            <Link to="/settings/alert-sources" className={textLink}>
              Alert sources
            </Link>
          }
          below="A webhook of Zendesk, Freshdesk, Help Scout or another help desk sends its tickets here, or customers write mails."
        >
          <div className="grid gap-6">
            <Section title="By webhook">
              <CopyLine label={`Address of ${data.name}`} text={data.intakeUrl} />
            </Section>
            <Section title="By mail">
              <div className="grid gap-4">
                <MailAddress source={data} />
                <IgnoredMail sourceId={sourceId} />
              </div>
            </Section>
            <Section title="When tickets are the same">
              <Loaded read={rule} rows={2}>
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

function RuleForm({ sourceId, rule }: { sourceId: string; rule: { sameBy: SameBy; severity: Severity } }) {
  const save = useAct(saveTicketRule, { touches: ['settings'], onDone: () => toast({ text: 'Saved' }) });
  const form = useForm({
    initial: { sameBy: rule.sameBy as string, severity: rule.severity as string },
    submit: ({ sameBy, severity }) =>
      save.mutateAsync({
        params: { id: sourceId },
        body: { sameBy: sameBy as SameBy, severity: severity as Severity },
      }),
  });
  return (
    <form className="grid gap-4" onSubmit={form.onSubmit}>
      <Field
        label="One alert for"
        hint={
          form.values.sameBy === 'ticket'
            ? 'A ticket that is solved closes its alert.'
            : 'With a count. A ticket that is solved closes nothing: others about the same may be open.'
        }
        error={form.error('sameBy')}
      >
        <Select {...form.text('sameBy')}>
          <option value="subject">all tickets with the same subject</option>
          <option value="component">all tickets about the same component, else the same subject</option>
          <option value="ticket">each ticket</option>
        </Select>
      </Field>
      <Field label="Severity" hint="Critical and error page at once." error={form.error('severity')}>
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
          Save
        </Button>
      </div>
    </form>
  );
}
