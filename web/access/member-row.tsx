import { Link } from '@tanstack/react-router';
import Ellipsis from 'lucide-react/icons/ellipsis';
import { useState } from 'react';
import { changeAccessRole, createInvite, createPasswordReset, reactivateUser } from '#access/contract';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { textLink } from '../ui/link.ts';
import { Menu, MenuItem, MenuLabel, MenuLine } from '../ui/menu.tsx';
import { Row } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/time.tsx';
import { DeactivateDialog } from './deactivate-dialog.tsx';
import type { Member } from './people.ts';
import { accessRoles, roleName } from './roles.ts';

/** One person with what may be done about them. */
export function MemberRow({
  member,
  isSelf,
  mayManage,
  invited = false,
}: {
  member: Member;
  isSelf: boolean;
  mayManage: boolean;
  /** An invite to them is open. */
  invited?: boolean;
}) {
  const [leaving, setLeaving] = useState(false);
  const touches = { touches: ['members'] };
  const changeRole = useAct(changeAccessRole, touches);
  const reactivate = useAct(reactivateUser, touches);
  const reset = useAct(createPasswordReset);
  const invite = useAct(createInvite, touches);
  const params = { id: member.id };
  return (
    <Row>
      <div className="flex items-center gap-3">
        <Avatar name={member.name} size="lg" beside />
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-x-2 font-medium">
            <bdi className="truncate">{member.name}</bdi>
            {isSelf ? <span className="text-xs font-normal text-muted">you</span> : null}
          </p>
          <p className="truncate text-xs text-muted">
            {member.email} · {member.awaited ? 'named by an import' : member.active ? 'joined' : 'deactivated'}{' '}
            <RelativeTime at={member.deactivatedAt ?? member.joinedAt} show="relative" />
          </p>
        </div>
        <Link to="/pages" search={{ person: member.id }} className={`${textLink} text-xs max-sm:hidden`}>
          Pages
        </Link>
        {invited ? <Badge tone="ok">Invited</Badge> : null}
        <Badge>{roleName(member.role)}</Badge>
        {mayManage && !isSelf ? (
          <Menu
            align="end"
            trigger={
              <IconButton label={`Acts for ${member.name}`} size="sm">
                <Ellipsis size={16} aria-hidden="true" />
              </IconButton>
            }
          >
            {member.active ? (
              <>
                <MenuLabel>Access role</MenuLabel>
                {accessRoles
                  .filter(({ value }) => value !== member.role)
                  .map(({ value, name }) => (
                    <MenuItem key={value} onSelect={() => changeRole.mutate({ params, body: { role: value } })}>
                      Make {name.toLowerCase()}
                    </MenuItem>
                  ))}
                <MenuLine />
                {member.awaited ? (
                  <MenuItem onSelect={() => invite.mutate({ body: { email: member.email, role: member.role } })}>
                    Invite
                  </MenuItem>
                ) : (
                  <MenuItem onSelect={() => reset.mutate({ params })}>Make a password link</MenuItem>
                )}
                <MenuItem danger onSelect={() => setLeaving(true)}>
                  Deactivate
                </MenuItem>
              </>
            ) : (
              <MenuItem
                onSelect={() =>
                  reactivate.mutate(
                    { params },
                    { onSuccess: () => toast({ text: `${member.name} may sign in again` }) },
                  )
                }
              >
                Reactivate
              </MenuItem>
            )}
          </Menu>
        ) : null}
      </div>
      <ErrorNote error={changeRole.error ?? reactivate.error ?? reset.error ?? invite.error} className="mt-2" />
      {leaving ? <DeactivateDialog member={member} onClose={() => setLeaving(false)} /> : null}
      <Dialog
        open={reset.isSuccess}
        onOpenChange={() => reset.reset()}
        title={`A password link for ${member.name}`}
        description="Shown this once; it works for 24 hours. Hand it over yourself."
        size="sm"
      >
        <CopyLine label="Password link" text={reset.data?.url ?? ''} />
      </Dialog>
      <Dialog
        open={invite.isSuccess}
        onOpenChange={() => invite.reset()}
        title={`An invite for ${member.name}`}
        description={`It was mailed to ${member.email}; you can also send this link yourself. Shown this once; it works for 7 days.`}
        size="sm"
      >
        <CopyLine label="Invite link" text={invite.data?.url ?? ''} />
      </Dialog>
    </Row>
  );
}
