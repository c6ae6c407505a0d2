import { useState } from 'react';
import { changeStatusPage, type StatusPageView } from '#communicate/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { plural } from '../ui/format.ts';

/** Puts the page before the public or takes it back, with what that means in words. */
export function PublishButton({ page }: { page: StatusPageView }) {
  const [asking, setAsking] = useState(false);
  const change = useAct(changeStatusPage, {
    touches: ['status-pages'],
    onDone: (after) => {
      toast({ text: after.published ? `${after.name} is public` : `${after.name} is not public any more` });
      setAsking(false);
    },
  });
  const { published } = page;
  return (
    <>
      <Button variant={published ? 'secondary' : 'primary'} onClick={() => setAsking(true)}>
        {published ? 'Unpublish' : 'Publish'}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={published ? `Unpublish ${page.name}?` : `Publish ${page.name}?`}
        consequence={
          published
            ? `Its address answers “not found”, feeds and badge included. ${plural(page.subscriberCount, 'subscriber')} stay and hear nothing while it is away.`
            : `Anybody with the address can read it: ${page.url}`
        }
        act={published ? 'Unpublish' : 'Publish'}
        danger={published}
        busy={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate({ params: { id: page.id }, body: { published: !published } })}
      />
    </>
  );
}
