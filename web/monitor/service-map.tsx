import { clsx } from 'clsx';
import type { Service } from '#monitor/contract';
import { plural } from '../ui/format.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { layServices, type Placed } from './service-layers.ts';

const BOX = { width: 176, height: 56 };
const GAP = { x: 72, y: 16 };
const EDGE = 16;

/** Services from what people see (left) to what everything needs (right), with a line for each need. */
export function ServiceMap({
  services,
  onOpen,
}: {
  services: readonly Service[];
  /** Absent: it only shows. */
  onOpen?: (service: Service) => void;
}) {
  const placed = layServices(services);
  const placeOf = new Map(placed.map((one) => [one.service.id, one]));
  const width = spotOf({ layer: Math.max(0, ...placed.map(({ layer }) => layer)), row: 0 }).x + BOX.width + EDGE;
  const height = spotOf({ layer: 0, row: Math.max(0, ...placed.map(({ row }) => row)) }).y + BOX.height + EDGE;
  const alone = services.length - placed.length;
  return (
    <>
      <div
        role="region"
        aria-label="What needs what"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keys
        tabIndex={0}
        className="overflow-auto rounded-panel border border-line bg-surface"
      >
        <div className="relative" style={{ width, height }}>
          <svg width={width} height={height} aria-hidden="true" className="absolute inset-0">
            {placed.flatMap((from) =>
              from.service.dependsOn.map((id) => {
                const to = placeOf.get(id);
                return to === undefined ? null : <Need key={`${from.service.id} ${id}`} from={from} to={to} />;
              }),
            )}
          </svg>
          <ul>
            {placed.map((one) => (
              <li key={one.service.id} className="absolute" style={{ left: spotOf(one).x, top: spotOf(one).y }}>
                <Box service={one.service} nameOf={(id) => placeOf.get(id)?.service.name ?? id} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        </div>
      </div>
      {alone === 0 ? null : (
        <p className="mt-2 text-xs text-muted">
          {plural(alone, 'service')} not drawn: nothing needs {alone === 1 ? 'it, and it needs' : 'them, and they need'}{' '}
          nothing.
        </p>
      )}
    </>
  );
}

function spotOf({ layer, row }: Pick<Placed<unknown>, 'layer' | 'row'>): { readonly x: number; readonly y: number } {
  return { x: EDGE + layer * (BOX.width + GAP.x), y: EDGE + row * (BOX.height + GAP.y) };
}

/** A line that leaves at the right and arrives at the left; red while what is needed is down. */
function Need({ from, to }: { from: Placed<Service>; to: Placed<Service> }) {
  const start = spotOf(from);
  const end = spotOf(to);
  const [x1, y1] = [start.x + BOX.width, start.y + BOX.height / 2];
  const [x2, y2] = [end.x, end.y + BOX.height / 2];
  const bend = GAP.x / 2;
  const isDown = to.service.state === 'down';
  return (
    <g className={isDown ? 'text-bad' : 'text-line-strong'}>
      <path
        d={`M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2 - 6} ${y2}`}
        fill="none"
        stroke="currentColor"
        strokeWidth={isDown ? 2 : 1.5}
      />
      <path d={`M ${x2 - 7} ${y2 - 4} L ${x2} ${y2} L ${x2 - 7} ${y2 + 4} Z`} fill="currentColor" />
    </g>
  );
}

function Box({
  service,
  nameOf,
  onOpen,
}: {
  service: Service;
  nameOf: (id: string) => string;
  onOpen: ((service: Service) => void) | undefined;
}) {
  const needs = service.dependsOn.length === 0 ? '' : `, needs ${service.dependsOn.map(nameOf).join(', ')}`;
  const look = clsx(
    'grid content-center gap-1 rounded-control border bg-surface px-3 text-left',
    service.state === 'down' ? 'border-bad' : 'border-line-strong',
  );
  const content = (
    <>
      <bdi className="truncate font-semibold">{service.name}</bdi>
      <span>
        {service.monitorCount === 0 ? (
          <span className="text-xs text-muted">no monitor</span>
        ) : (
          <StateBadge state={service.state} />
        )}
      </span>
      <span className="sr-only">{needs}</span>
    </>
  );
  return onOpen === undefined ? (
    <div className={look} style={BOX}>
      {content}
    </div>
  ) : (
    <button type="button" className={clsx(look, 'hover:bg-sunken')} style={BOX} onClick={() => onOpen(service)}>
      {content}
    </button>
  );
}
