import {
  assignRoleRoute,
  INCIDENT_ROLES,
  type IncidentRole,
  type IncidentView,
  listRoles,
  releaseRoleRoute,
  ROLE_DUTIES,
  ROLE_NAMES,
} from '#declare/contract';
import { useMembers, usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { useMay, useSession } from '../data/session.ts';
import { Person } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Note, sentenceOf } from '../ui/error-note.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { Section } from '../ui/panel.tsx';
import { isOpen, topicsOf } from './open-states.ts';

const fail = { onError: (error: unknown) => toast({ tone: 'bad', text: sentenceOf(error) }) };

/** Who holds which role; one tap takes a vacant one. */
export function RolePanel({ incident }: { incident: IncidentView }) {
  const board = useRead(listRoles, { params: { id: incident.id } }, topicsOf(incident.id));
  return (
    <Section title="People">
      <ul className="flex flex-col gap-1">
        {INCIDENT_ROLES.map((role) => (
          <RoleLine key={role} incident={incident} role={role} />
        ))}
      </ul>
      {board.data?.splitWarning ? (
        <Note tone="warn" className="mt-2">
          {board.data.splitWarning}
        </Note>
      ) : null}
    </Section>
  );
}

function RoleLine({ incident, role }: { incident: IncidentView; role: IncidentRole }) {
  const nameOf = usePersonName();
  const { user } = useSession();
  const may = useMay('incidents.respond') && isOpen(incident);
  const touches = [...topicsOf(incident.id), 'promises'];
  const assign = useAct(assignRoleRoute, { touches });
  const holder = incident.roles[role];
  return (
    <li className="flex min-h-8 items-center justify-between gap-2">
      <span className="min-w-0" title={ROLE_DUTIES[role]}>
        {ROLE_NAMES[role]}
        {role === 'scribe' && holder === undefined && incident.severity === 'SEV1' ? (
          <span className="text-xs text-muted"> · suggested on SEV1</span>
        ) : null}
      </span>
      {holder === undefined ? (
        may ? (
          <Button
            size="sm"
            busy={assign.isPending}
            aria-label={`Take the role ${ROLE_NAMES[role]}`}
            onClick={() => assign.mutate({ params: { id: incident.id, role }, body: { userId: user.id } }, fail)}
          >
            Take
          </Button>
        ) : (
          <span className="text-muted">nobody</span>
        )
      ) : may ? (
        <HolderMenu incident={incident} role={role} holder={holder} />
      ) : (
        <Person name={nameOf(holder)} />
      )}
    </li>
  );
}

function HolderMenu({ incident, role, holder }: { incident: IncidentView; role: IncidentRole; holder: string }) {
  const nameOf = usePersonName();
  const members = useMembers();
  const touches = [...topicsOf(incident.id), 'promises'];
  const assign = useAct(assignRoleRoute, { touches });
  const release = useAct(releaseRoleRoute, { touches });
  return (
    <Menu
      align="end"
      trigger={
        <Button size="sm" variant="ghost" className="min-w-0 text-text">
          <Person name={nameOf(holder)} />
          <span className="sr-only">, {ROLE_NAMES[role]}: hand over or leave vacant</span>
        </Button>
      }
    >
      {members.data?.items
        .filter((member) => member.active && member.id !== holder && member.role !== 'viewer')
        .map((member) => (
          <MenuItem
            key={member.id}
            onSelect={() => assign.mutate({ params: { id: incident.id, role }, body: { userId: member.id } }, fail)}
          >
            Hand over to {member.name}
          </MenuItem>
        ))}
      <MenuItem onSelect={() => release.mutate({ params: { id: incident.id, role } }, fail)}>Leave vacant</MenuItem>
    </Menu>
  );
}
