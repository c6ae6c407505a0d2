import { type CoverageFindingView, isCoverageHole, proveCoverageRoute, readCoverage } from '#respond/contract';
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
            <Lines groups={groupsOf(findings.filter(({ kind }) => !minor.includes(kind)))} />
            <Minor groups={groupsOf(findings.filter(({ kind }) => minor.includes(kind)))} />
            <p className="mt-2 text-xs text-muted">
              {provedAt === null || until === null ? (
                'Not looked at yet; it happens in a moment.'
              ) : (
                <>
                  {holes === 0 ? 'Somebody is reached at every moment until ' : 'Looked at until '}
                  <RelativeTime at={until} show="absolute" />: {policies === 1 ? '1 policy' : `${policies} policies`},{' '}
                  {schedules === 1 ? '1 schedule' : `${schedules} schedules`}. Proved <RelativeTime at={provedAt} />,
                  again every night and after every change.
                  {groupsOf(findings).length > shown ? ' All of it: allclear coverage, or GET /api/v1/coverage.' : ''}
                </>
              )}
            </p>
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Lines({ groups }: { groups: readonly Group[] }) {
  if (groups.length === 0) return null;
  return (
    <Rows>
      {groups.slice(0, shown).map((group) => (
        <Line key={`${group[0].policyId} ${group[0].text}`} group={group} />
      ))}
    </Rows>
  );
}

/** What is as it should be in most policies, and good to know. */
function Minor({ groups }: { groups: readonly Group[] }) {
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

type Group = [CoverageFindingView, ...CoverageFindingView[]];

/** The same hole on several days is one line. */
function groupsOf(findings: readonly CoverageFindingView[]): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const key = `${finding.policyId} ${finding.text}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function Line({ group: [finding, ...more] }: { group: Group }) {
  const isGrave = isCoverageHole(finding);
  return (
    <Row className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <span className={isGrave ? 'text-bad-text' : 'text-warn-text'}>
        <Glyph name={isGrave ? 'up' : 'dot'} className="size-2.5" />
      </span>
      <span className="min-w-0 flex-1 basis-72">
        <span className={isGrave ? 'font-medium text-bad-text' : ''}>{finding.text}</span>
        <span dir="auto" className="block truncate text-xs text-muted">
          {finding.policyName}
        </span>
      </span>
      {always.includes(finding.kind) ? null : (
        <span className="num text-xs text-muted">
          <RelativeTime at={finding.from} show="absolute" /> – <RelativeTime at={finding.until} show="absolute" />
          {more.length === 0 ? null : `, and ${plural(more.length, 'more time')}`}
        </span>
      )}
    </Row>
  );
}
