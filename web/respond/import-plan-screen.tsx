import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { applyImport, type ImportItemView, type ImportPlanView, readImport } from '#respond/contract';
import { LoadedScreen } from '../app/loaded-screen.tsx';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Note } from '../ui/error-note.tsx';
import { plural } from '../ui/format.ts';
import { textLink } from '../ui/link.ts';
import { Page, Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { ImportComparison } from './import-comparison.tsx';
import { ACTION_WORDS, KIND_NAMES, TOOL_NAMES } from './import-words.ts';

/** What an import would do, or has done: every thing, every difference, and the button that does it. */
export function ImportPlanScreen() {
  const { importId } = useParams({ strict: false });
  const plan = useRead(readImport, { params: { id: importId ?? '' } }, ['imports']);
  return (
    <LoadedScreen read={plan} title="Import">
      {(data) => <Plan plan={data} />}
    </LoadedScreen>
  );
}

function Plan({ plan }: { plan: ImportPlanView }) {
  const { counts, state, tool } = plan;
  const applied = state === 'applied';
  return (
    <Page
      title={applied ? `Imported from ${TOOL_NAMES[tool]}` : `A plan to import from ${TOOL_NAMES[tool]}`}
      above={
        <Link to="/settings/import" className={textLink}>
          Import
        </Link>
      }
      below={
        <>
          {applied ? 'Carried out' : 'Nothing is made yet. Planned'}{' '}
          <RelativeTime at={plan.appliedAt ?? plan.plannedAt} />
        </>
      }
      acts={<Apply plan={plan} />}
    >
      <div className="grid gap-8">
        <p>
          {plural(counts.create, 'thing')} {applied ? 'made' : 'to make'}, {counts.match + counts.present} here already,{' '}
          {counts.skip} {applied ? 'left' : 'to leave'} behind, {plural(counts.notes, 'note')} to read.
        </p>
        {applied ? <Next plan={plan} /> : null}
        <Items plan={plan} />
        {plan.schedules.length === 0 ? null : (
          <Section
            title="Who is on call in the next 14 days"
            aside="reckoned here, and by the other tool where the export says it"
          >
            <div className="grid gap-4">
              {plan.schedules.map((one) => (
                <ImportComparison key={one.vendorId} comparison={one} tool={TOOL_NAMES[tool]} />
              ))}
            </div>
          </Section>
        )}
        <Section title="What an import leaves to you">
          <ul className="grid list-disc gap-1 pl-5 text-muted">
            {plan.remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </Section>
      </div>
    </Page>
  );
}

function Apply({ plan }: { plan: ImportPlanView }) {
  const mayManage = useMay('imports.manage');
  const [asking, setAsking] = useState(false);
  const apply = useAct(applyImport, {
    touches: ['imports', 'members', 'schedules', 'policies', 'monitors'],
    onDone: ({ counts }) => {
      setAsking(false);
      toast({ text: `${plural(counts.create, 'thing')} made` });
    },
  });
  if (plan.state === 'applied' || !mayManage) return null;
  const people = plan.items.filter(({ kind, action }) => kind === 'person' && action === 'create').length;
  return (
    <>
      <Button variant="primary" onClick={() => setAsking(true)}>
        Carry it out
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Carry out this plan?"
        consequence={`${plural(plan.counts.create, 'thing')} ${plan.counts.create === 1 ? 'is' : 'are'} made, all or nothing. No mail is sent: ${plural(people, 'person', 'people')} will be awaited until you invite them under People.`}
        act="Carry it out"
        busy={apply.isPending}
        error={apply.error}
        onConfirm={() => apply.mutate({ params: { id: plan.id } })}
      />
    </>
  );
}

function Next({ plan }: { plan: ImportPlanView }) {
  const people = plan.items.filter(({ kind, action }) => kind === 'person' && action === 'create').length;
  return (
    <Note tone="neutral">
      {people === 0 ? 'Nobody new is awaited. ' : `${plural(people, 'person is', 'people are')} awaited: `}
      <Link to="/settings/people" className={textLink}>
        {people === 0 ? 'People' : 'invite them'}
      </Link>
      , so that they can verify how they are paged. Then{' '}
      <Link to="/settings/alert-sources" className={textLink}>
        make alert sources
      </Link>{' '}
      for your senders.
    </Note>
  );
}

const SHOWN = 100;

function Items({ plan }: { plan: ImportPlanView }) {
  const [all, setAll] = useState(false);
  const shown = all ? plan.items : plan.items.slice(0, SHOWN);
  return (
    <Section title="Everything in the export" aside={plural(plan.items.length, 'thing')}>
      <Rows>
        {shown.map((item) => (
          <Item key={`${item.kind} ${item.vendorId}`} item={item} state={plan.state} />
        ))}
      </Rows>
      {shown.length < plan.items.length ? (
        <Button size="sm" className="mt-2" onClick={() => setAll(true)}>
          Show all {plan.items.length}
        </Button>
      ) : null}
    </Section>
  );
}

function Item({ item, state }: { item: ImportItemView; state: ImportPlanView['state'] }) {
  const word = ACTION_WORDS[item.action];
  return (
    <Row className="grid gap-x-4 gap-y-2 md:grid-cols-[14rem_9rem_1fr]">
      <div className="min-w-0">
        <p className="font-medium break-words">
          <bdi>{item.name}</bdi>
        </p>
        <p className="truncate text-xs text-muted" title={item.vendorId}>
          {KIND_NAMES[item.kind]} · {item.vendorId}
        </p>
      </div>
      <div>
        <Badge tone={word.tone} glyph={word.glyph}>
          {state === 'applied' ? word.applied : word.planned}
        </Badge>
      </div>
      <div className="min-w-0 text-sm break-words">
        {item.reason === null ? null : <p className="text-muted">{item.reason}</p>}
        {item.notes.length === 0 ? null : (
          <ul className="grid gap-1">
            {item.notes.map(({ meaning, text }) => (
              <li key={text}>
                <span className="font-medium">{meaning === 'lost' ? 'Left behind: ' : 'Different: '}</span>
                {text}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Row>
  );
}
