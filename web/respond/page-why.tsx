import { Link } from '@tanstack/react-router';
import { listEscalationPolicies, type PageView } from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { useRead } from '../data/query.ts';
import { useSession } from '../data/session.ts';
import { textLink } from '../ui/link.ts';

/** Why this person was asked, in one sentence, with the way to change it. */
export function WhyMe({ page }: { page: PageView }) {
  const { user } = useSession();
  const nameOf = usePersonName();
  const policies = useRead(listEscalationPolicies, { query: { limit: 200 } }, ['policies']);
  const policy = policies.data?.items.find(({ id }) => id === page.policyId);
  const mine = page.notices.find(({ userId }) => userId === user.id);
  const name = policy === undefined ? 'the escalation policy' : `the escalation policy “${policy.name}”`;
  return (
    <p className="text-center text-muted">
      {page.cause === 'by-hand'
        ? `${nameOf(page.askedBy)} asked by hand.`
        : page.cause === 'drill'
          ? 'A drill tests whether pages reach one person.'
          : mine === undefined
            ? 'You were not paged for it; whoever can see it may acknowledge it.'
            : `You are in step ${mine.step} of ${name}${page.policyVersion === null ? '' : `, version ${page.policyVersion}`}.`}{' '}
      <Link to="/on-call" className={textLink}>
        Who is paged, and why
      </Link>
    </p>
  );
}
