import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/** After a change of screen the keyboard and the screen reader begin at its top, as after a page load. */
export function useScreenFocus(): void {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    const active = document.activeElement;
    // A screen that has put the cursor somewhere keeps it.
    if (active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement) return;
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [pathname]);
}
