import { changeStatusPage, type StatusPageView } from '#communicate/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Switch } from '../ui/choice.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { textLink } from '../ui/link.ts';
import { Panel, Section } from '../ui/panel.tsx';

/** Whether visitors of the page may say what does not work for them. */
export function ReportSwitch({ page }: { page: StatusPageView }) {
  const change = useAct(changeStatusPage, {
    touches: ['status-pages', 'settings'],
    onDone: (after) => toast({ text: after.takesReports ? 'Visitors can report problems' : 'The form is off' }),
  });
  const address = `${page.url}/report`;
  return (
    <Section title="Reports from visitors">
      <Panel className="grid gap-2 p-4">
        <Switch
          label="A form “Report a problem” on the page"
          checked={page.takesReports}
          disabled={change.isPending}
          onChange={(takesReports) => change.mutate({ params: { id: page.id }, body: { takesReports } })}
        />
        <p className="text-xs text-muted">
          Each report is a warning among the alerts; all about one component are one alert, with a count and everybody’s
          words.{' '}
          {page.takesReports && page.published ? (
            <a href={address} target="_blank" rel="noreferrer" className={textLink}>
              Open the form
            </a>
          ) : null}
        </p>
        <ErrorNote error={change.error} />
      </Panel>
    </Section>
  );
}
