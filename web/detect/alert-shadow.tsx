import { Link } from '@tanstack/react-router';
import { listShadowPages, type ShadowPageView, shadowCsv } from '#respond/contract';
import { useList } from '../data/query.ts';
import { channels } from '../delivery/channels.ts';
import { Person } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { downloadText } from '../ui/download-text.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { textLink } from '../ui/link.ts';
import { LoadedList } from '../ui/loaded.tsx';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';

type About = { readonly alertId?: string; readonly alertSourceId?: string };

/** What would have been paged for one alert, or for all of a source in shadow. */
export function ShadowPages({ about }: { about: About }) {
  const pages = useList(listShadowPages, { query: about }, ['shadow', 'alerts']);
  return (
    <Section
      title="What would have been paged"
      aside={
        (pages.items?.length ?? 0) === 0 ? undefined : (
          <Button size="sm" variant="ghost" onClick={() => download(pages.items ?? [])}>
            Download as CSV
          </Button>
        )
      }
    >
      <LoadedList
        list={pages}
        empty={
          <EmptyState title="Nothing yet">
            As soon as something comes that would have paged somebody, it stands here: who, when and by what.
          </EmptyState>
        }
      >
        {(items) => (
          <Rows>
            {items.map((page) => (
              <ShadowRow key={page.id} page={page} named={about.alertId === undefined} />
            ))}
          </Rows>
        )}
      </LoadedList>
    </Section>
  );
}

function download(pages: readonly ShadowPageView[]) {
  downloadText('would-have-been-paged.csv', 'text/csv', shadowCsv(pages.toReversed()));
}

function ShadowRow({ page, named }: { page: ShadowPageView; named: boolean }) {
  return (
    <Row>
      {named ? (
        <Link to="/alerts/$alertId" params={{ alertId: page.alertId }} className={textLink}>
          <bdi>{page.alertTitle}</bdi>
        </Link>
      ) : null}
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
        <RelativeTime at={page.at} />
        {page.policyName === null ? null : <bdi>by “{page.policyName}”</bdi>}
        {page.endedAt === null ? null : (
          <span>
            over <RelativeTime at={page.endedAt} show="absolute" />
          </span>
        )}
        {page.declares ? <Badge>would have declared an incident</Badge> : null}
      </p>
      {page.why === null ? null : <p className="mt-1 font-medium">Nobody. {page.why}</p>}
      <Messages page={page} />
      <Unreached page={page} />
    </Row>
  );
}

function Messages({ page }: { page: ShadowPageView }) {
  if (page.messages.length === 0) return null;
  return (
    <ul className="mt-2 divide-y divide-line">
      {page.messages.map((message) => (
        <li
          key={`${message.userId} ${message.kind} ${message.address} ${message.step} ${message.at}`}
          className="flex flex-wrap items-center gap-x-4 gap-y-1 py-1.5"
        >
          <Person name={message.userName} className="min-w-36" />
          <span className="text-muted">
            {channels[message.kind].name}
            <span className="text-xs"> step {message.step}</span>
          </span>
          <span className="text-xs text-muted">
            {message.due ? 'would have gone out' : 'not any more: it was over'}
          </span>
          <RelativeTime at={message.at} show="absolute" className="ml-auto text-xs text-muted" />
        </li>
      ))}
    </ul>
  );
}

/** Who stands in the plan and could not have been reached. */
function Unreached({ page }: { page: ShadowPageView }) {
  const words = new Set(
    page.steps.flatMap(({ step, people }) =>
      people.flatMap(({ unreachable }) => (unreachable === null ? [] : [`Step ${step}: ${unreachable}.`])),
    ),
  );
  return [...words].map((text) => (
    <p key={text} className="mt-1 text-sm text-bad-text">
      {text}
    </p>
  ));
}
