import { type Evidence, getArtefact } from '#monitor/contract';
import { useAct, useRead } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { downloadBytes } from '../ui/download-text.ts';
import { ErrorNote } from '../ui/error-note.tsx';

type Kept = NonNullable<Evidence['artefacts']>;

/** What a browser left behind when a journey failed: the page as it was, and the trace to look into. */
export function Artefacts({ kept }: { kept: Kept }) {
  return (
    <div className="grid justify-items-start gap-3">
      {kept.picture ? <Picture kept={kept} /> : null}
      {kept.trace ? <TraceButton kept={kept} /> : null}
    </div>
  );
}

function paramsOf({ id, monitorId }: Kept) {
  return { id: monitorId as `mon_${string}`, artefactId: id as `art_${string}` };
}

/** The page as it was when the journey failed. */
export function Picture({ kept }: { kept: Kept }) {
  const read = useRead(getArtefact, { params: paramsOf(kept), query: { part: 'picture' } }, []);
  if (read.error !== null) return <p className="text-muted">The picture is not kept any more.</p>;
  if (read.data === undefined) return <p className="text-muted">The picture is on its way</p>;
  return <PagePicture base64={read.data.base64} />;
}

/** A page as a browser showed it. */
export function PagePicture({
  base64,
  words = 'The page when the journey failed',
}: {
  base64: string;
  words?: string;
}) {
  return (
    <img
      src={`data:image/jpeg;base64,${base64}`}
      alt={words}
      className="max-h-96 max-w-full rounded-control border border-line object-contain"
    />
  );
}

function TraceButton({ kept }: { kept: Kept }) {
  const fetched = useAct(getArtefact, {
    onDone: ({ base64, contentType }) => downloadBytes('trace.zip', contentType, base64),
  });
  return (
    <>
      <Button
        size="sm"
        busy={fetched.isPending}
        onClick={() => fetched.mutate({ params: paramsOf(kept), query: { part: 'trace' } })}
      >
        Download the trace
      </Button>
      <p className="text-xs text-muted">
        For <code className="font-mono">npx playwright show-trace trace.zip</code>: what the page was at every act.
      </p>
      <ErrorNote error={fetched.error} />
    </>
  );
}
