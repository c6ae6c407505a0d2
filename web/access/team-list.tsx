import Users from 'lucide-react/icons/users';
import { useState } from 'react';
import { deleteTeam, listTeams, type TeamView } from '#access/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useMay } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Row, Rows, Section } from '../ui/panel.tsx';
import { usePersonName } from './people.ts';
import { TeamDialog } from './team-dialog.tsx';

/** Groups of people that are asked together. */
export function TeamList() {
  const teams = useRead(listTeams, { query: { limit: 200 } }, ['members']);
  const mayManage = useMay('members.manage');
  const [editing, setEditing] = useState<TeamView | 'new'>();
  return (
    <Section
      title="Teams"
      aside={
        mayManage ? (
          <Button size="sm" icon={<Users size={14} aria-hidden="true" />} onClick={() => setEditing('new')}>
            Make a team
          </Button>
        ) : undefined
      }
    >
      <Loaded read={teams} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">No teams yet. A step of an escalation policy can ask a whole team.</p>
          ) : (
            <Rows>
              {items.map((team) => (
                <Line key={team.id} team={team} mayManage={mayManage} onEdit={() => setEditing(team)} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      {editing === undefined ? null : (
        <TeamDialog {...(editing === 'new' ? {} : { team: editing })} onClose={() => setEditing(undefined)} />
      )}
    </Section>
  );
}

function Line({ team, mayManage, onEdit }: { team: TeamView; mayManage: boolean; onEdit: () => void }) {
  const nameOf = usePersonName();
  const [removing, setRemoving] = useState(false);
  const remove = useAct(deleteTeam, { touches: ['members'], onDone: () => toast({ text: `${team.name} is removed` }) });
  const names = team.userIds.map(nameOf);
  return (
    <Row className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span className="min-w-0 flex-1 basis-60">
        <span dir="auto" className="block truncate font-medium">
          {team.name}
        </span>
        <span className="block truncate text-xs text-muted">
          {names.length === 0 ? <span className="text-bad-text">nobody yet</span> : names.join(', ')}
        </span>
      </span>
      {mayManage ? (
        <span className="flex gap-1">
          <Button size="sm" onClick={onEdit}>
            Edit
          </Button>
          <Button size="sm" variant="ghost" onClick={() => setRemoving(true)}>
            Remove
          </Button>
        </span>
      ) : null}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${team.name}?`}
        consequence="Its people stay in the workspace. It cannot be removed while an escalation policy asks it."
        act="Remove"
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { id: team.id } })}
      />
    </Row>
  );
}
