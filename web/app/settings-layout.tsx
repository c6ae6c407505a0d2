import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { clsx } from 'clsx';
import { useEffect, useRef } from 'react';
import { useSession } from '../data/session.ts';
import { settingsGroups } from './settings-places.ts';

const entry = clsx(
  'block rounded-control px-2 py-1 whitespace-nowrap text-muted transition-colors hover:text-text max-md:py-2.5',
  'aria-[current=page]:bg-sunken aria-[current=page]:font-semibold aria-[current=page]:text-text',
);

/** Settings: parts at the left (above, on a phone), the chosen one at the right. */
export function SettingsLayout() {
  const { permissions } = useSession();
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const groups = settingsGroups
    .map(({ title, places }) => ({
      title,
      places: places.filter(({ needs }) => needs === undefined || permissions.includes(needs)),
    }))
    .filter(({ places }) => places.length > 0);
  // On a phone the parts scroll sideways; the chosen one must not hide.
  useEffect(() => {
    nav.current?.querySelector(`a[href="${pathname}"]`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <div className="flex flex-1 max-md:flex-col">
      <nav
        ref={nav}
        aria-label="Settings"
        className="flex shrink-0 gap-6 border-line px-3 py-3 max-md:overflow-x-auto max-md:border-b md:w-52 md:flex-col md:gap-3 md:border-r md:px-3 md:py-5"
      >
        {groups.map(({ title, places }) => (
          <div key={title} className="max-md:flex max-md:items-center">
            <p className="px-2 pb-1 text-xs text-muted max-md:sr-only">{title}</p>
            <ul className="flex md:flex-col md:gap-px">
              {places.map(({ to, label }) => (
                <li key={to}>
                  <Link to={to} activeProps={{ 'aria-current': 'page' }} className={entry}>
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className="min-w-0 flex-1">
        <Outlet />
      </div>
    </div>
  );
}
