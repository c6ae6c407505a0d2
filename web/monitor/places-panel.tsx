import type { Monitor } from '#monitor/contract';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { Duration, RelativeTime } from '../ui/time.tsx';

/** What each place holds of a monitor, and how many must agree. Nothing when it is asked from here alone. */
export function PlacesPanel({ monitor: { locations, confirm } }: { monitor: Monitor }) {
  if (locations.length === 0) return null;
  const needed = Math.min(confirm.locations ?? Math.floor(locations.length / 2) + 1, locations.length);
  return (
    <Section title="Asked from" aside={`down when ${needed} of ${locations.length} say so`}>
      <Rows>
        {locations.map((place) => (
          <Row key={place.id} className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <bdi className="min-w-0 flex-1 basis-32 font-medium break-words">{place.name}</bdi>
            <StateBadge state={place.state} />
            <span className="w-20 text-right text-xs text-muted">
              <Duration since={place.since} />
            </span>
            <span className="w-32 text-right text-xs text-muted">
              {place.lastCheckedAt === null ? 'not asked yet' : <RelativeTime at={place.lastCheckedAt} />}
            </span>
          </Row>
        ))}
      </Rows>
    </Section>
  );
}
