import { type CoverageFindingView, type Gathered, gather, proveCoverageRoute, readCoverage } from '#respond/contract';
import { useAct, useRead } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { plural } from '../ui/format.ts';
import { Glyph } from '../ui/glyph.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';

const shown = 8;
/** What holds through all of the days. */
const always: readonly CoverageFindingView['kind'][] = ['person', 'method', 'step'];
/** Ordinary enough to stand folded. */
const minor: readonly CoverageFindingView['kind'][] = ['step', 'quiet'];

/** What the next 30 days hold: every hole with what would happen in it, or the day until which there is none. */
export function CoveragePanel() {
  const read = useRead(readCoverage, {}, ['coverage']);
  const prove = useAct(proveCoverageRoute, { touches: ['coverage'] });
  return (
    <Section
      title="Coverage, the next 30 days"
      aside={
        <Button size="sm" busy={prove.isPending} onClick={() => prove.mutate({})}>
          Prove now
        </Button>
      }
      className="lg:col-span-2"
    >
      <ErrorNote error={prove.error} />
      <Loaded read={read} rows={2}>
        {({ findings, holes, until, provedAt, policies, schedules }) => (
          <>
            <Lines groups={gather(findings.filter(({ kind }) => !minor.includes(kind)))} />
            <Minor groups={gather(findings.filter(({ kind }) => minor.includes(kind)))} />
            <p className="mt-2 text-xs text-muted">
              {provedAt === null || until === null ? (
                'Not looked at yet; it happens in a moment.'
              ) : (
                <>
                  {holes === 0 ? 'Somebody is reached at every moment until ' : 'Looked at until '}
                  <RelativeTime at={until} show="absolute" />: {policies === 1 ? '1 policy' : `${policies} policies`},{' '}
                  {schedules === 1 ? '1 schedule' : `${schedules} schedules`}. Proved <RelativeTime at={provedAt} />,
                  again every night and after every change.
                  {gather(findings).length > shown ? ' All of it: allclear coverage, or GET /api/v1/coverage.' : ''}
                </>
              )}
            </p>
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Lines({ groups }: { groups: readonly Gathered[] }) {
  if (groups.length === 0) return null;
  return (
    <Rows>
      {groups.slice(0, shown).map((found) => (
        <Line key={`${found.policyId} ${found.kind} ${found.what}`} found={found} />
      ))}
    </Rows>
  );
}

/** What is as it should be in most policies, and good to know. */
function Minor({ groups }: { groups: readonly Gathered[] }) {
  if (groups.length === 0) return null;
  return (
    <details className="mt-2">
      <summary className="cursor-pointer py-1 text-sm text-muted">
        {plural(groups.length, 'weaker point')}: one person alone, or everybody’s quiet hours
      </summary>
      <Lines groups={groups} />
    </details>
  );
}

function Line({ found: { kind, isHole, what, policyName, consequences, stretches } }: { found: Gathered }) {
  const [first, ...later] = consequences;
  const [stretch, ...more] = stretches;
  return (
    <Row className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <span className={isHole ? 'text-bad-text' : 'text-warn-text'}>
        <Glyph name={isHole ? 'up' : 'dot'} className="size-2.5" />
      </span>
      <div className="min-w-0 flex-1 basis-72">
        <p className={isHole ? 'font-medium text-bad-text' : ''}>{what}</p>
        {first === undefined ? null : <p className="text-sm">{first.text}</p>}
        {later.length === 0 ? null : (
          <details className="text-xs text-muted">
            <summary className="w-fit hover:text-text">
              {later.length === 1 ? 'Later somebody else' : 'Later others'}, as the shifts change
            </summary>
            <ul className="mt-1 grid gap-1">
              {later.map(({ text, from }) => (
                <li key={text}>
                  <RelativeTime at={from} show="absolute" className="num" />: {text}
                </li>
              ))}
            </ul>
          </details>
        )}
        <p dir="auto" className="truncate text-xs text-muted">
          {policyName}
        </p>
      </div>
      {always.includes(kind) || stretch === undefined ? null : (
        <span className="num text-xs text-muted">
          <RelativeTime at={new Date(stretch.startMs)} show="absolute" /> –{' '}
          <RelativeTime at={new Date(stretch.endMs)} show="absolute" />
          {more.length === 0 ? null : `, and ${plural(more.length, 'more time')}`}
        </span>
      )}
    </Row>
  );
}
