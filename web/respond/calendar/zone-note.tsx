import { browserTimeZone } from '../../access/time-zone-select.tsx';
import { useMinute } from '../../ui/clock.ts';
import { aheadWords, zoneName } from './words.ts';
import { minutesAhead } from './zone.ts';

/** Whose clock the calendar shows, and how far the reader's own is from it. */
export function ZoneNote({
  zone,
  marks = [],
  mayDraw = false,
}: {
  zone: string;
  marks?: readonly { version: number }[];
  mayDraw?: boolean;
}) {
  const now = useMinute().getTime();
  const own = browserTimeZone();
  const versions = marks.map(({ version }) => version).join(' and ');
  return (
    <p className="text-xs text-muted">
      Times in {zoneName(zone)}.
      {own === zone ? null : ` Your clock (${zoneName(own)}) ${aheadWords(minutesAhead(own, zone, now))}.`}
      {versions === '' ? null : ` Dashed line: version ${versions} begins; what was before stays as it was.`}
      {mayDraw ? ' Drag across Final to override a stretch; drag an override, or its edge, to move it.' : null}
    </p>
  );
}
