import { listInvites, revokeInvite } from '#access/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { usePersonName } from './people.ts';
import { roleName } from './roles.ts';

/** Invites that nobody has taken yet; nothing while there are none. */
export function InviteList() {
  const invites = useRead(listInvites, { query: { limit: 200 } }, ['members']);
  const revoke = useAct(revokeInvite, {
    touches: ['members'],
    onDone: () => toast({ text: 'Invite withdrawn; its link no longer works' }),
  });
  const nameOf = usePersonName();
  const items = invites.data?.items ?? [];
  if (items.length === 0) return <ErrorNote error={invites.error} onRetry={() => void invites.refetch()} />;
  return (
    <Section title="Open invites">
      <ErrorNote error={revoke.error} className="mb-2" />
      <Rows>
        {items.map((invite) => (
          <Row key={invite.id} className="flex flex-wrap items-center gap-3">
            <div className="min-w-0 flex-1">
              <p className="truncate">{invite.email ?? 'By link'}</p>
              <p className="text-xs text-muted">
                by {nameOf(invite.invitedBy)} · expires <RelativeTime at={invite.expiresAt} />
              </p>
            </div>
            <Badge>{roleName(invite.role)}</Badge>
            <Button size="sm" onClick={() => revoke.mutate({ params: { id: invite.id } })}>
              Withdraw
            </Button>
          </Row>
        ))}
      </Rows>
    </Section>
  );
}
