import { Link } from '@tanstack/react-router';
import { readPostmortemRoute, SECTIONS, type SectionKey } from '#learn/contract';
import { usePersonName } from '../access/people.ts';
import { useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { textLink } from '../ui/link.ts';
import { Loaded } from '../ui/loaded.tsx';
import { Note } from '../ui/error-note.tsx';
import { Page } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { FactList } from './fact-list.tsx';
import { ActionItemSection } from './action-item-section.tsx';
import { PostmortemActs } from './postmortem-acts.tsx';
import { PublicCopy } from './public-copy.tsx';
import { SectionEditor } from './section-editor.tsx';
import type { PostmortemView } from './postmortem-view.ts';
import { postmortemRouteApi } from './route-api.ts';

/** The document at the left, the evidence beside it. */
export function PostmortemScreen() {
  const { postmortemId } = postmortemRouteApi.useParams();
  const read = useRead(readPostmortemRoute, { params: { id: postmortemId } }, [
    `postmortem:${postmortemId}`,
    'postmortems',
    'action-items',
  ]);
  return <Loaded read={read}>{(postmortem) => <Document postmortem={postmortem} />}</Loaded>;
}

function Document({ postmortem }: { postmortem: PostmortemView }) {
  const nameOf = usePersonName();
  const mayWrite = useMay('postmortems.write') && (postmortem.state === 'draft' || postmortem.state === 'in-review');
  return (
    <Page
      title={postmortem.incidentTitle}
      above={
        <>
          <StateBadge state={postmortem.severity} />
          <StateBadge state={postmortem.state} />
          {postmortem.drill ? <StateBadge state="drill" /> : null}
          <span>
            Postmortem of{' '}
            <Link to="/incidents/$incidentId" params={{ incidentId: postmortem.incidentId }} className={textLink}>
              {postmortem.incidentReference}
            </Link>
          </span>
        </>
      }
      below={
        <span className="text-xs">
          {postmortem.ownerId === null ? 'Nobody owns it yet' : `Owned by ${nameOf(postmortem.ownerId)}`}
          {postmortem.publishedAt === null ? (
            <>
              {' '}
              · due <RelativeTime at={postmortem.dueAt} />
            </>
          ) : (
            <>
              {' '}
              · published <RelativeTime at={postmortem.publishedAt} />
            </>
          )}
        </span>
      }
      acts={<PostmortemActs postmortem={postmortem} />}
    >
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-7">
          {mayWrite && postmortem.missingSections.length > 0 ? (
            <Note>Still to write before a review: {postmortem.missingSections.join(', ')}.</Note>
          ) : null}
          {SECTIONS.map((section) => (
            <SectionEditor
              key={section.key}
              section={section}
              text={postmortem.sections[section.key satisfies SectionKey] ?? ''}
              postmortemId={postmortem.id}
              version={postmortem.version}
              editable={mayWrite}
            />
          ))}
          <ActionItemSection incidentId={postmortem.incidentId} />
          <PublicCopy postmortem={postmortem} />
        </div>
        <aside aria-label="Evidence" className="lg:sticky lg:top-4 lg:self-start">
          <FactList facts={postmortem.facts} frozen={postmortem.approvedAt !== null} />
        </aside>
      </div>
    </Page>
  );
}
