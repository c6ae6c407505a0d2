import { type AlertSourceView, changeAlertSource, listTurnedAway, type TurnedAwayView } from '#detect/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { useMinute } from '../ui/clock.ts';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Field } from '../ui/field.tsx';
import { plural } from '../ui/format.ts';
import { Input } from '../ui/input.tsx';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { useForm } from '../ui/use-form.ts';

const DAY_MS = 86_400_000;

function useTurnedAway(sourceId: string): readonly TurnedAwayView[] {
  const read = useRead(listTurnedAway, { params: { id: sourceId }, query: { limit: 24 } }, ['settings'], {
    refetchInterval: 10_000,
  });
  return read.data?.items ?? [];
}

/** Says that a source sent more than it may, as long as that is news. */
export function TurnedAwayNote({ sourceId }: { sourceId: string }) {
  const [latest] = useTurnedAway(sourceId);
  const now = useMinute();
  if (latest === undefined || now.getTime() - new Date(latest.lastAt).getTime() > DAY_MS) return null;
  return (
    <Note tone="warn">
      <p>
        It sends more than it may: {countOf(latest)}, the last <RelativeTime at={latest.lastAt} />. What was turned away
        is not stored, unless its sender sent it again. See <em>How much it may send</em> below.
      </p>
    </Note>
  );
}

/** How many signals a minute a source may send, and what was turned away. */
export function SourceLimit({ source }: { source: AlertSourceView }) {
  const mayManage = useMay('alert-sources.manage');
  const { signalsPerMinute } = source;
  const hours = useTurnedAway(source.id);
  return (
    <Section title="How much it may send">
      <div className="grid gap-4">
        {mayManage ? (
          <LimitForm key={signalsPerMinute} source={source} />
        ) : (
          <p className="text-sm text-muted">
            {signalsPerMinute === null
              ? 'As many signals as it likes.'
              : `${plural(signalsPerMinute, 'signal')} a minute.`}
          </p>
        )}
        {hours.length === 0 ? null : <TurnedAway hours={hours} />}
      </div>
    </Section>
  );
}

function LimitForm({ source }: { source: AlertSourceView }) {
  const change = useAct(changeAlertSource, { touches: ['settings'], onDone: () => toast({ text: 'Saved' }) });
  const form = useForm({
    initial: { signalsPerMinute: source.signalsPerMinute === null ? '' : String(source.signalsPerMinute) },
    submit: ({ signalsPerMinute }) =>
      change.mutateAsync({
        params: { id: source.id },
        // What is no number is refused like 0, and lifts no limit.
        body: { signalsPerMinute: signalsPerMinute.trim() === '' ? null : Number(signalsPerMinute) || 0 },
      }),
  });
  return (
    <form className="grid gap-3" onSubmit={form.onSubmit}>
      <Field
        label="Signals a minute"
        aside="empty = as many as it likes"
        hint="What comes over it is not taken: its sender is told to send it again later, as most tools do by themselves."
        error={form.error('signalsPerMinute')}
      >
        <Input {...form.text('signalsPerMinute')} inputMode="numeric" className="max-w-40" />
      </Field>
      <ErrorNote error={form.problem} shown={form.fields} />
      <div>
        <Button type="submit" size="sm" busy={form.busy}>
          Save the limit
        </Button>
      </div>
    </form>
  );
}

function TurnedAway({ hours }: { hours: readonly TurnedAwayView[] }) {
  return (
    <div className="grid gap-2">
      <h3 className="text-sm font-medium">Turned away</h3>
      <Rows>
        {hours.map((hour) => (
          <Row key={hour.firstAt} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <span>{countOf(hour)}</span>
            <span className="text-xs text-muted">
              <RelativeTime at={hour.firstAt} show="seconds" /> – <RelativeTime at={hour.lastAt} show="seconds" />
            </span>
          </Row>
        ))}
      </Rows>
    </div>
  );
}

/** `1,204 messages over its limit, 3 over its part of the waiting places`. */
function countOf({ overLimit, overShare }: TurnedAwayView): string {
  const messages = (count: number) => plural(count, 'message');
  return [
    ...(overLimit === 0 ? [] : [`${messages(overLimit)} over its limit`]),
    ...(overShare === 0 ? [] : [`${messages(overShare)} over its part of the waiting places`]),
  ].join(', ');
}
