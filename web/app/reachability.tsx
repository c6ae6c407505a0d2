import { Link } from '@tanstack/react-router';
import { useSession } from '../data/session.ts';
import { Banner } from './banner.tsx';

/** Until a page would reach this person, every screen says so. */
export function Reachability() {
  const { canBePaged } = useSession();
  if (canBePaged) return null;
  return (
    <Banner
      act={
        <Link to="/settings/reach" className="font-semibold underline underline-offset-2">
          Mend it
        </Link>
      }
    >
      <strong className="font-semibold">You cannot be paged yet.</strong> No tested contact method of yours would be
      used.
    </Banner>
  );
}
