import { Link } from '@tanstack/react-router';
import type { IncidentView } from '#declare/contract';
import { Glyph } from '../ui/glyph.tsx';
import { textLink } from '../ui/link.ts';
import { reachWords } from './public-words.ts';
import type { UpdateNow } from './use-update-form.ts';

/** Gentle notes on the words: nothing here holds the update back. */
export function UpdateNotes({ now, onMend }: { now: UpdateNow; onMend: (text: string) => void }) {
  const { findings, stray } = now;
  return (
    <div aria-live="polite">
      {findings.length === 0 && stray === undefined ? null : (
        <ul className="flex flex-col gap-1 text-xs">
          {findings.map(({ rule, excerpt, message }) => (
            <li key={rule} className="flex items-start gap-2">
              <Glyph name="diamond" className="mt-1 size-2 text-warn" />
              <span>
                “<bdi>{excerpt}</bdi>”: <span className="text-muted">{message}</span>
              </span>
            </li>
          ))}
          {stray === undefined ? null : (
            <li className="flex items-start gap-2">
              <Glyph name="clock" className="mt-1 size-2 text-warn" />
              <span>
                The text promises {stray.said}, the update {stray.promised}.{' '}
                <button type="button" className={textLink} onClick={() => onMend(stray.mended())}>
                  Write {stray.promised}
                </button>
              </span>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

/** Whom the update reaches, before it is posted. */
export function Reach({ incident, now: { draft } }: { incident: IncidentView; now: UpdateNow }) {
  if (incident.kind === 'drill') {
    return (
      <p className="text-xs font-medium text-accent-text">
        A drill: it is kept with the incident. Nothing goes public, nobody outside is told.
      </p>
    );
  }
  if (draft.statusPages.length === 0) {
    return (
      <p className="text-xs font-medium text-warn-text">
        No status page is published, so nobody outside would read it.{' '}
        <Link to="/status-pages" className={textLink}>
          Publish one
        </Link>
      </p>
    );
  }
  return <p className="text-xs text-muted">Goes to {reachWords(draft.statusPages, draft.subscriberCount)}</p>;
}
