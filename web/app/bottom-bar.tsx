import { Link } from '@tanstack/react-router';
import MenuIcon from 'lucide-react/icons/menu';
import { clsx } from 'clsx';
import type { Place } from './place.ts';

const item = clsx(
  'relative flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-[11px] leading-4 text-muted',
  'aria-[current=page]:font-semibold aria-[current=page]:text-text [&_svg]:size-5',
);

/** The phone's way around: the places for 03:00, and the rest behind More. */
export function BottomBar({ places, onMore }: { places: readonly Place[]; onMore: () => void }) {
  return (
    <nav
      aria-label="Main, short"
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-bg pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {places
        .filter((place) => place.onPhone === true)
        .map((place) => (
          <Link
            key={place.to}
            to={place.to}
            activeOptions={{ exact: place.to === '/' }}
            activeProps={{ 'aria-current': 'page' }}
            className={item}
          >
            {place.icon}
            {place.label}
            {place.count === undefined || place.count === 0 || place.plain === true ? null : (
              <span
                aria-label={`${place.count} open`}
                className={clsx(
                  'num absolute top-1.5 left-1/2 ml-1.5 min-w-4 rounded-full px-1 text-center text-[10px] leading-4 font-bold',
                  place.urgent === true ? 'bg-danger text-on-danger' : 'bg-sunken text-text',
                )}
              >
                {place.count > 99 ? '99+' : place.count}
              </span>
            )}
          </Link>
        ))}
      <button type="button" onClick={onMore} className={item}>
        <MenuIcon aria-hidden="true" />
        More
      </button>
    </nav>
  );
}
