import { useEffect, useState } from 'react';
import { listComponents, type StatusPageView } from '#communicate/contract';
import { useRead } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { Section } from '../ui/panel.tsx';

/** A page is made anew within a second after a change; asking sooner would show the old one. */
const makingMs = 1_500;

/** Counts up a little after what is shown has changed, so that the frame loads again once. */
function useTurn(shape: string): [number, () => void] {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setTurn((before) => before + 1), makingMs);
    return () => clearTimeout(timer);
  }, [shape]);
  return [turn, () => setTurn((before) => before + 1)];
}

/** The public page itself, as a phone shows it. */
export function PagePreview({ page }: { page: StatusPageView }) {
  const components = useRead(listComponents, { query: { statusPageId: page.id, limit: 200 } }, ['status-pages']);
  const [turn, again] = useTurn(JSON.stringify([page, components.data?.items]));
  return (
    <Section
      title="As the public sees it"
      aside={
        page.published ? (
          <Button size="sm" variant="ghost" onClick={again}>
            Load again
          </Button>
        ) : undefined
      }
      className="lg:sticky lg:top-4"
    >
      {page.published ? (
        <iframe
          key={turn}
          title={`The public page ${page.name}`}
          src={`/s/${page.slug}`}
          loading="lazy"
          className="h-[min(70vh,720px)] w-full rounded-panel border border-line bg-surface"
        />
      ) : (
        <p className="text-muted">It has no address while it is not published.</p>
      )}
    </Section>
  );
}
