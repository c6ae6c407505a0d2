import { useEffect } from 'react';

/** Names the window after its screen, for tabs, history and screen readers. */
export function useWindowTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Allclear`;
  }, [title]);
}
