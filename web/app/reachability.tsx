import { useSession } from '../data/session.ts';
import { Banner } from './banner.tsx';

/** Until a page would reach this person, every screen says so. */
export function Reachability() {
  const { canBePaged } = useSession();
  if (canBePaged) return null;
  return (
    <Banner>
      <strong className="font-semibold">You cannot be paged yet.</strong> Add a contact method and send yourself a test.
    </Banner>
  );
}
