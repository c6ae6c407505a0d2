import type { ReactNode } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import type { Place } from './place.ts';
import { PlaceLink } from './sidebar.tsx';

/** All places, on a phone. Loaded on first use. */
export function MoreSheet({
  title,
  places,
  foot,
  onClose,
}: {
  title: string;
  places: readonly Place[];
  foot: ReactNode;
  onClose: () => void;
}) {
  return (
    <Dialog open onOpenChange={onClose} title={title} size="sm">
      <nav aria-label="All places" className="-mx-2 flex flex-col gap-px">
        {places.map((place) => (
          <PlaceLink key={place.to} place={place} onFollow={onClose} />
        ))}
      </nav>
      <div className="-mx-2 mt-3 border-t border-line pt-3">{foot}</div>
    </Dialog>
  );
}
