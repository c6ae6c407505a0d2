import { useState } from 'react';
import { createInvite, listInvites } from '#access/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { plural } from '../ui/format.ts';
import { Rows, Section } from '../ui/panel.tsx';
import { MemberRow } from './member-row.tsx';
import type { Member } from './people.ts';

/** People whom an import named and who are not here yet; they hear of it when they are invited, and not before. */
export function AwaitedPeople({ people, mayManage }: { people: readonly Member[]; mayManage: boolean }) {
  const [asking, setAsking] = useState(false);
  const invites = useRead(listInvites, { query: { limit: 200 } }, ['members'], { enabled: mayManage });
  const invite = useAct(createInvite, { touches: ['members'] });
  const invited = new Set(invites.data?.items.map(({ email }) => email));
  const left = people.filter(({ email }) => !invited.has(email));
  const inviteAll = async () => {
    for (const { email, role } of left) await invite.mutateAsync({ body: { email, role } });
    setAsking(false);
    toast({ text: `${plural(left.length, 'person', 'people')} invited` });
  };
  if (people.length === 0) return null;
  return (
    <Section
      title="Awaited"
      aside={
        mayManage && invites.data !== undefined ? (
          left.length === 0 ? (
            'all invited; each joins by the link in their mail'
          ) : (
            <Button size="sm" onClick={() => setAsking(true)}>
              {left.length === people.length ? 'Invite all' : 'Invite the other'} {left.length}
            </Button>
          )
        ) : (
          'named by an import, not here yet'
        )
      }
    >
      <Rows>
        {people.map((member) => (
          <MemberRow
            key={member.id}
            member={member}
            isSelf={false}
            mayManage={mayManage}
            invited={invited.has(member.email)}
          />
        ))}
      </Rows>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Invite ${plural(left.length, 'person', 'people')}?`}
        consequence="Each gets a mail with a link that works for 7 days. Until they join they have duties and cannot be reached."
        act="Invite them"
        busy={invite.isPending}
        error={invite.error}
        onConfirm={() => void inviteAll().catch(() => undefined)}
      />
    </Section>
  );
}
