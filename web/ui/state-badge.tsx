import { Badge, type Tone, toneText } from './badge.tsx';
import { Glyph, type GlyphName } from './glyph.tsx';

interface Look {
  word: string;
  tone: Tone;
  glyph: GlyphName;
}

/** One look per word for the whole dashboard: monitors, alerts, incidents, components, promises, deliveries, documents. */
const looks = {
  up: { word: 'Up', tone: 'ok', glyph: 'check' },
  degraded: { word: 'Degraded', tone: 'warn', glyph: 'dot' },
  down: { word: 'Down', tone: 'bad', glyph: 'down' },
  unknown: { word: 'Unknown', tone: 'unknown', glyph: 'half' },
  paused: { word: 'Paused', tone: 'unknown', glyph: 'pause' },
  maintenance: { word: 'Maintenance', tone: 'accent', glyph: 'diamond' },
  flapping: { word: 'Flapping', tone: 'warn', glyph: 'diamond' },
  waiting: { word: 'Waiting', tone: 'unknown', glyph: 'ring' },
  live: { word: 'Live', tone: 'ok', glyph: 'check' },
  lost: { word: 'Lost', tone: 'bad', glyph: 'down' },
  revoked: { word: 'Revoked', tone: 'neutral', glyph: 'ring' },

  open: { word: 'Open', tone: 'bad', glyph: 'up' },
  acknowledged: { word: 'Acknowledged', tone: 'warn', glyph: 'dot' },
  closed: { word: 'Closed', tone: 'neutral', glyph: 'check' },

  suspected: { word: 'Suspected', tone: 'warn', glyph: 'ring' },
  active: { word: 'Active', tone: 'warn', glyph: 'dot' },
  mitigated: { word: 'Mitigated', tone: 'accent', glyph: 'half' },
  resolved: { word: 'Resolved', tone: 'ok', glyph: 'check' },
  declined: { word: 'False alarm', tone: 'neutral', glyph: 'cross' },
  merged: { word: 'Merged', tone: 'neutral', glyph: 'diamond' },

  operational: { word: 'Operational', tone: 'ok', glyph: 'check' },
  degraded_performance: { word: 'Degraded performance', tone: 'warn', glyph: 'dot' },
  partial_outage: { word: 'Partial outage', tone: 'major', glyph: 'up' },
  major_outage: { word: 'Major outage', tone: 'bad', glyph: 'down' },
  under_maintenance: { word: 'Under maintenance', tone: 'accent', glyph: 'diamond' },

  investigating: { word: 'Investigating', tone: 'accent', glyph: 'ring' },
  identified: { word: 'Identified', tone: 'accent', glyph: 'half' },
  monitoring: { word: 'Monitoring', tone: 'accent', glyph: 'dot' },

  pending: { word: 'Pending', tone: 'unknown', glyph: 'clock' },
  kept: { word: 'Kept', tone: 'ok', glyph: 'check' },
  broken: { word: 'Broken', tone: 'bad', glyph: 'cross' },
  waived: { word: 'Waived', tone: 'neutral', glyph: 'ring' },

  queued: { word: 'Queued', tone: 'unknown', glyph: 'clock' },
  sending: { word: 'Sending', tone: 'accent', glyph: 'half' },
  sent: { word: 'Sent', tone: 'ok', glyph: 'check' },
  delivered: { word: 'Delivered', tone: 'ok', glyph: 'check' },
  failed: { word: 'Failed', tone: 'bad', glyph: 'cross' },
  planned: { word: 'Planned', tone: 'unknown', glyph: 'clock' },
  folded: { word: 'Folded', tone: 'unknown', glyph: 'clock' },
  held: { word: 'Held', tone: 'warn', glyph: 'pause' },
  dropped: { word: 'Not needed', tone: 'neutral', glyph: 'ring' },
  cancelled: { word: 'Not needed', tone: 'neutral', glyph: 'ring' },
  stopped: { word: 'Over', tone: 'neutral', glyph: 'check' },
  skipped: { word: 'Skipped', tone: 'neutral', glyph: 'ring' },
  done: { word: 'Done', tone: 'ok', glyph: 'check' },
  running: { word: 'Running', tone: 'accent', glyph: 'half' },

  draft: { word: 'Draft', tone: 'neutral', glyph: 'ring' },
  in_review: { word: 'In review', tone: 'accent', glyph: 'half' },
  approved: { word: 'Approved', tone: 'ok', glyph: 'check' },
  published: { word: 'Published', tone: 'ok', glyph: 'check' },

  drill: { word: 'Drill', tone: 'accent', glyph: 'diamond' },
  automatic: { word: 'Automatic', tone: 'neutral', glyph: 'diamond' },

  sev1: { word: 'SEV1', tone: 'bad', glyph: 'up' },
  sev2: { word: 'SEV2', tone: 'major', glyph: 'up' },
  sev3: { word: 'SEV3', tone: 'warn', glyph: 'dot' },
  sev4: { word: 'SEV4', tone: 'unknown', glyph: 'ring' },

  critical: { word: 'Critical', tone: 'bad', glyph: 'up' },
  error: { word: 'Error', tone: 'major', glyph: 'up' },
  warning: { word: 'Warning', tone: 'warn', glyph: 'dot' },
  info: { word: 'Info', tone: 'unknown', glyph: 'ring' },
} satisfies Record<string, Look>;

export type State = keyof typeof looks;

function isState(value: string): value is State {
  return Object.hasOwn(looks, value);
}

/** How a state reads and looks. Takes any word of the API (`in-review`, `SEV1`); one it does not know is shown as it is. */
export function lookOf(state: string): Look {
  const key = state.toLowerCase().replaceAll('-', '_');
  return isState(key) ? looks[key] : { word: state, tone: 'neutral', glyph: 'ring' };
}

/** A state or severity as glyph + word + colour. `detail` follows the word ("Down 24 m"). */
export function StateBadge({ state, detail }: { state: State | (string & {}); detail?: string }) {
  const look = lookOf(state);
  return (
    <Badge tone={look.tone} glyph={look.glyph}>
      {detail === undefined ? look.word : `${look.word} ${detail}`}
    </Badge>
  );
}

/** The same without the box, for dense lists where every row has one. */
export function StateWord({ state, className = '' }: { state: State | (string & {}); className?: string }) {
  const look = lookOf(state);
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${toneText[look.tone]} ${className}`}>
      <Glyph name={look.glyph} className="size-2.5" />
      {look.word}
    </span>
  );
}
