import { Link, useLocation } from '@tanstack/react-router';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { formatCount } from '../ui/format.ts';
import type { Place } from './place.ts';

const entry = clsx(
  'flex h-8 items-center justify-between gap-2 rounded-control px-2 text-muted transition-colors hover:text-text max-md:h-11',
  'aria-[current=page]:bg-sunken aria-[current=page]:font-semibold aria-[current=page]:text-text',
);

export function PlaceLink({ place, onFollow }: { place: Place; onFollow?: () => void }) {
  const { pathname } = useLocation();
  const isBelow = place.also?.some((path) => pathname === path || pathname.startsWith(`${path}/`)) === true;
  return (
    <Link
      to={place.to}
      activeOptions={{ exact: place.to === '/' }}
      activeProps={{ 'aria-current': 'page' }}
      {...(isBelow ? { 'aria-current': 'page' } : {})}
      className={entry}
      {...(onFollow === undefined ? {} : { onClick: onFollow })}
    >
      <span>{place.label}</span>
      {place.count === undefined || place.count === 0 ? null : (
        <span
          className={clsx('num text-xs', place.urgent === true ? 'font-bold text-bad-text' : 'font-normal')}
          aria-label={`${formatCount(place.count)} ${place.plain === true ? 'in all' : 'open'}`}
        >
          {formatCount(place.count)}
        </span>
      )}
    </Link>
  );
}

/** The left column: workspace, the places of the pipeline, and at the foot the settings and oneself. */
export function Sidebar({ workspace, places, foot }: { workspace: string; places: readonly Place[]; foot: ReactNode }) {
  return (
    <div className="flex h-full flex-col px-2 py-2.5">
      <p className="truncate px-2 py-1.5 font-semibold" title={workspace}>
        <bdi>{workspace}</bdi>
      </p>
      <nav aria-label="Main" className="mt-1.5 flex flex-1 flex-col gap-px overflow-y-auto">
        {places.map((place) => (
          <PlaceLink key={place.to} place={place} />
        ))}
      </nav>
      <div className="mt-2 flex flex-col gap-1">{foot}</div>
    </div>
  );
}
