import { clsx } from 'clsx';
import { type LiveState, useLiveState } from '../data/live.ts';
import { Glyph } from '../ui/glyph.tsx';
import { RelativeTime } from '../ui/time.tsx';

/** Whether the screen follows the server. Quiet while it does. */
export function LiveIndicator({ others = 0 }: { others?: number }) {
  const state = useLiveState();
  return (
    <span
      role="status"
      className={clsx(
        'inline-flex items-center gap-1.5 text-xs whitespace-nowrap',
        state.kind === 'lost' ? 'font-semibold text-warn-text' : 'text-muted',
      )}
    >
      <Glyph
        name={state.kind === 'live' ? 'dot' : 'ring'}
        className={clsx('size-2', state.kind === 'live' && 'text-ok')}
      />
      <Words state={state} />
      {state.kind === 'live' && others > 0 ? ` · ${others + 1} people here` : null}
    </span>
  );
}

function Words({ state }: { state: LiveState }) {
  if (state.kind !== 'lost')
    return <span className="max-md:sr-only">{state.kind === 'live' ? 'Live' : 'Connecting'}</span>;
  return (
    <span>
      Not live
      <span className="max-md:sr-only">
        {' '}
        since <RelativeTime at={state.since} show="absolute" />, trying again
      </span>
    </span>
  );
}
