import { useState } from 'react';
import { approvePostmortemRoute, editPostmortemRoute, exportPostmortem, reviewPostmortemRoute } from '#learn/contract';
import { useMembers } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { api } from '../data/api.ts';
import { useAct } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { downloadText } from '../ui/download-text.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Select } from '../ui/input.tsx';
import type { PostmortemView } from './postmortem-view.ts';
import { PublishDialog } from './publish-dialog.tsx';

/** What can be done with a postmortem now: the next step of its life, its owner, a copy to take along. */
export function PostmortemActs({ postmortem }: { postmortem: PostmortemView }) {
  const may = useMay('postmortems.write');
  const [publishing, setPublishing] = useState(false);
  const touches = [`postmortem:${postmortem.id}`, 'postmortems'];
  const review = useAct(reviewPostmortemRoute, { touches, onDone: () => toast({ text: 'Handed in for review' }) });
  const approve = useAct(approvePostmortemRoute, {
    touches,
    onDone: () => toast({ text: 'Approved: its facts are frozen' }),
  });
  const params = { params: { id: postmortem.id } };
  return (
    <div className="flex flex-col items-end gap-2">
      <div className="flex flex-wrap items-center justify-end gap-2">
        <Button onClick={() => void downloadMarkdown(postmortem)}>Markdown</Button>
        {may && postmortem.publishedAt === null ? <OwnerSelect postmortem={postmortem} /> : null}
        {may && postmortem.state === 'draft' ? (
          <Button variant="primary" busy={review.isPending} onClick={() => review.mutate(params)}>
            Hand in for review
          </Button>
        ) : null}
        {may && postmortem.state === 'in-review' ? (
          <Button variant="primary" busy={approve.isPending} onClick={() => approve.mutate(params)}>
            Approve
          </Button>
        ) : null}
        {may && postmortem.state === 'approved' ? (
          <Button variant="primary" onClick={() => setPublishing(true)}>
            Publish
          </Button>
        ) : null}
      </div>
      <ErrorNote error={review.error ?? approve.error} className="max-w-md" />
      {publishing ? <PublishDialog postmortem={postmortem} onClose={() => setPublishing(false)} /> : null}
    </div>
  );
}

function OwnerSelect({ postmortem }: { postmortem: PostmortemView }) {
  const members = useMembers();
  const save = useAct(editPostmortemRoute, { touches: [`postmortem:${postmortem.id}`, 'postmortems'] });
  return (
    <Select
      aria-label="Owner of the postmortem"
      className="max-w-44"
      value={postmortem.ownerId ?? ''}
      disabled={save.isPending}
      onChange={(event) =>
        save.mutate({
          params: { id: postmortem.id },
          body: { version: postmortem.version, ownerId: event.target.value === '' ? null : event.target.value },
        })
      }
    >
      <option value="">No owner</option>
      {members.data?.items
        .filter((member) => member.active || member.id === postmortem.ownerId)
        .map((member) => (
          <option key={member.id} value={member.id}>
            {member.name}
          </option>
        ))}
    </Select>
  );
}

async function downloadMarkdown(postmortem: PostmortemView) {
  const { markdown } = await api.call(exportPostmortem, { params: { id: postmortem.id } });
  downloadText(`${postmortem.incidentReference}-postmortem.md`, 'text/markdown', markdown);
}
