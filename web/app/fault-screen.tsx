import { Link, useRouter } from '@tanstack/react-router';
import { ApiProblem } from '#client';
import { Button, buttonClass } from '../ui/button.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { Page } from '../ui/panel.tsx';

/** After an update the old hashed files are gone; a tab from before cannot load further screens. */
function isStale(error: unknown): boolean {
  return error instanceof TypeError && /dynamically imported module|module script/i.test(error.message);
}

/** A screen that could not be shown: what happened and the two ways on. Everything around it goes on working. */
export function FaultScreen({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  if (error instanceof ApiProblem && error.status === 404) return <NotFoundScreen />;
  const stale = isStale(error);
  return (
    <Page title={stale ? 'Allclear was updated' : 'This screen could not be shown'} narrow>
      <p role="alert" className="text-muted">
        {stale
          ? 'This tab is from before the update. Reload it to go on; nothing that you saved is lost.'
          : sentenceOf(error)}
      </p>
      <div className="mt-4 flex gap-2">
        <Button
          variant="primary"
          onClick={() => {
            if (stale) return location.reload();
            reset();
            void router.invalidate();
          }}
        >
          {stale ? 'Reload' : 'Try again'}
        </Button>
        <Link to="/" className={buttonClass()}>
          Go to Now
        </Link>
      </div>
    </Page>
  );
}

export function NotFoundScreen() {
  return (
    <Page title="Nothing is here" narrow>
      <p className="text-muted">
        The address may be mistyped, or what stood here belongs to another workspace or was removed.
      </p>
      <Link to="/" className={buttonClass('primary', 'md', 'mt-4')}>
        Go to Now
      </Link>
    </Page>
  );
}
