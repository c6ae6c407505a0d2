import { listAlerts, listAlertSources, type RouteTraceView, type RouteTrialView, tryRouting } from '#detect/contract';
import { useAct, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { Select, Textarea } from '../ui/input.tsx';
import { Panel, Row, Rows } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { useForm } from '../ui/use-form.ts';

const EXAMPLE = '{"title":"Disk almost full","severity":"warning","labels":{"team":"db"}}';

/** A payload or a recent alert against the rules: each is explained. */
export function RouteTester() {
  const mayReadSources = useMay('alert-sources.read');
  const alerts = useRead(listAlerts, { query: { limit: 20 } }, ['alerts']);
  const sources = useRead(listAlertSources, { query: { limit: 200 } }, ['settings'], { enabled: mayReadSources });
  const trial = useAct(tryRouting, {});
  const form = useForm({
    initial: { alertId: '', sourceId: '', payload: EXAMPLE },
    submit: ({ alertId, sourceId, payload }) =>
      trial.mutateAsync({
        body: alertId === '' ? { payload, ...(sourceId === '' ? {} : { sourceId }) } : { alertId },
      }),
  });
  return (
    <form onSubmit={form.onSubmit} className="grid gap-4">
      <Panel className="grid gap-4 p-4">
        <Field label="What comes in">
          <Select {...form.text('alertId')}>
            <option value="">A payload, below</option>
            <optgroup label="A recent alert">
              {alerts.data?.items.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </optgroup>
          </Select>
        </Field>
        {form.values.alertId === '' ? (
          <>
            <Field label="Sent to" aside="optional">
              <Select {...form.text('sourceId')}>
                <option value="">No source in particular</option>
                {sources.data?.items.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label="Payload" error={form.error('payload')}>
              <Textarea {...form.text('payload')} rows={4} className="font-mono text-xs" spellCheck={false} />
            </Field>
          </>
        ) : null}
        <ErrorNote error={form.problem} shown={form.fields} />
        <Button type="submit" variant="primary" busy={form.busy} className="justify-self-start">
          Try it
        </Button>
      </Panel>
      <div aria-live="polite" className="grid gap-4">
        {trial.data?.items.map((one, index) => (
          <TrialView key={index} trial={one} />
        ))}
      </div>
    </form>
  );
}

function TrialView({ trial }: { trial: RouteTrialView }) {
  return (
    <section aria-label={trial.title} className="grid gap-2">
      <p className="flex items-start gap-2">
        <StateBadge state={trial.severity} />
        <strong dir="auto" className="min-w-0 break-words">
          {trial.title}
        </strong>
      </p>
      {trial.outcome.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {trial.routes.length === 0 ? null : (
        <Rows>
          {trial.routes.map((route) => (
            <TraceView key={route.routeId} route={route} />
          ))}
        </Rows>
      )}
    </section>
  );
}

const OUTCOMES: Record<RouteTraceView['outcome'], string> = {
  decides: 'decides',
  'no-match': 'does not match',
  passed: 'would match, but one above it has decided',
  off: 'is off',
};

function TraceView({ route }: { route: RouteTraceView }) {
  return (
    <Row>
      <p>
        <span className="font-semibold">{route.name}</span>{' '}
        <span className={route.outcome === 'decides' ? 'text-ok-text' : 'text-muted'}>{OUTCOMES[route.outcome]}</span>
      </p>
      <ul className="mt-1 text-xs text-muted">
        {route.conditions.map(({ text, holds, found }) => (
          <li key={text} className="break-words">
            {holds ? '✓' : '✗'} {text}
            {holds ? '' : `: it is ${found}`}
          </li>
        ))}
      </ul>
    </Row>
  );
}
