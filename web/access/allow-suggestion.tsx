import { allowTarget } from '#access/contract';
import { ApiProblem } from '#client';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';

/** The network that would have to be allowed for a refused address to be reached. */
export function suggestedNetwork(problem: unknown): string | undefined {
  if (!(problem instanceof ApiProblem)) return undefined;
  return problem.errors.find(({ suggestion }) => suggestion !== undefined && /[.:].*\/\d+$/.test(suggestion))
    ?.suggestion;
}

/** Offers the owner to allow a private network, in place; tells everybody else whom to ask. */
export function AllowSuggestion({ problem, act, onAllowed }: { problem: unknown; act: string; onAllowed: () => void }) {
  const mayAllow = useMay('targets.allow');
  const allow = useAct(allowTarget, { touches: ['settings'], onDone: onAllowed });
  const cidr = suggestedNetwork(problem);
  if (cidr === undefined) return null;
  return (
    <Note tone="accent" role="status">
      <p>
        This is a private address. Allclear reaches those only where an owner said so.
        {mayAllow ? '' : ` Ask an owner to allow ${cidr}.`}
      </p>
      {mayAllow ? (
        <Button size="sm" className="mt-2" busy={allow.isPending} onClick={() => allow.mutate({ body: { cidr } })}>
          Allow {cidr} and {act}
        </Button>
      ) : null}
      <ErrorNote error={allow.error} className="mt-2" />
    </Note>
  );
}
