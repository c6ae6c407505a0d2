import { Link, type LinkProps } from '@tanstack/react-router';
import { type PromiseView, promiseWords } from '#declare/contract';
import { useSession } from '../data/session.ts';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { Countdown } from '../ui/time.tsx';

/** Where one keeps it. */
function placeOf({ kind, incidentId }: PromiseView): Pick<LinkProps, 'to' | 'params'> {
  if (kind === 'action-item' || incidentId === null) return { to: '/action-items' };
  return { to: '/incidents/$incidentId', params: { incidentId } };
}

/** Promises with your name on them; nothing while there are none. */
export function OwedByYou({ promises }: { promises: readonly PromiseView[] }) {
  const { user } = useSession();
  const mine = promises.filter(({ ownerUserId }) => ownerUserId === user.id);
  if (mine.length === 0) return null;
  return (
    <Section title="Owed by you">
      <Rows>
        {mine.map((promise) => (
          <Row key={promise.id} className="flex items-center justify-between gap-3">
            <Link {...placeOf(promise)} className="inline-block first-letter:uppercase hover:underline">
              {promiseWords(promise.kind)}
            </Link>
            <Countdown dueAt={promise.dueAt} warnSeconds={86_400} className="text-xs" />
          </Row>
        ))}
      </Rows>
    </Section>
  );
}
