import { Link } from '@tanstack/react-router';
import type { DrilledPersonView, DrillPersonState, DrillPersonView } from '#respond/contract';
import { Person } from '../ui/avatar.tsx';
import { type Tone, toneText } from '../ui/badge.tsx';
import { Glyph, type GlyphName } from '../ui/glyph.tsx';
import { Row, Rows } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';

const looks: Record<DrillPersonState, { tone: Tone; glyph: GlyphName }> = {
  running: { tone: 'accent', glyph: 'half' },
  answered: { tone: 'ok', glyph: 'check' },
  missed: { tone: 'bad', glyph: 'cross' },
  unreachable: { tone: 'bad', glyph: 'cross' },
  'left-out': { tone: 'neutral', glyph: 'ring' },
  ended: { tone: 'neutral', glyph: 'ring' },
};

/** What a drill showed of one person, as glyph, words and colour. */
export function DrillResult({ person }: { person: DrillPersonView }) {
  const { tone, glyph } = looks[person.state];
  const words = (
    <span className="min-w-0 break-words">
      {person.text.charAt(0).toUpperCase()}
      {person.text.slice(1)}
    </span>
  );
  return (
    <span className={`flex min-w-0 items-baseline gap-2 ${tone === 'bad' ? 'text-bad-text' : ''}`}>
      <span className={toneText[tone]}>
        <Glyph name={glyph} className="size-2.5" />
      </span>
      {person.pageId === null ? (
        words
      ) : (
        <Link to="/pages/$pageId" params={{ pageId: person.pageId }} className="min-w-0 hover:underline">
          {words}
        </Link>
      )}
    </span>
  );
}

/** Everybody with their last drill; whoever has something to mend comes first. */
export function DrilledPeople({ people, most }: { people: readonly DrilledPersonView[]; most?: number }) {
  const ordered = people.toSorted((one, other) => rank(one) - rank(other)).slice(0, most);
  return (
    <Rows>
      {ordered.map(({ userId, userName, last }) => (
        <Row key={userId} className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <span className="w-44 min-w-0 max-md:w-full">
            <Person name={userName} className="max-w-full" />
          </span>
          <span className="min-w-0 flex-1 basis-60 text-xs">
            {last === null ? <span className="text-muted">Never drilled</span> : <DrillResult person={last} />}
          </span>
          {last === null ? null : <RelativeTime at={last.startedAt} className="num text-xs text-muted" />}
        </Row>
      ))}
    </Rows>
  );
}

function rank({ last }: DrilledPersonView): number {
  if (last === null) return 1;
  return last.state === 'missed' || last.state === 'unreachable' ? 0 : 2;
}
