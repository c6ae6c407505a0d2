import UserPlus from 'lucide-react/icons/user-plus';
import { useState } from 'react';
import { useMay, useSession } from '../data/session.ts';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';
import { Page, Rows, Section } from '../ui/panel.tsx';
import { AwaitedPeople } from './awaited-people.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { InviteList } from './invite-list.tsx';
import { MemberRow } from './member-row.tsx';
import { type Member, useMembers } from './people.ts';
import { TeamList } from './team-list.tsx';

const isHere = ({ active, awaited }: Member) => active && !awaited;

export function PeopleScreen() {
  const members = useMembers();
  const mayManage = useMay('members.manage');
  const { user } = useSession();
  const [inviting, setInviting] = useState(false);
  return (
    <Page
      title="People"
      narrow
      acts={
        mayManage ? (
          <Button variant="primary" icon={<UserPlus size={14} aria-hidden="true" />} onClick={() => setInviting(true)}>
            Invite
          </Button>
        ) : null
      }
    >
      <div className="grid gap-8">
        <Loaded read={members} rows={3}>
          {({ items }) => (
            <>
              <Section title="In this workspace" aside={`${items.filter(isHere).length} active`}>
                <Rows>
                  {items.filter(isHere).map((member) => (
                    <MemberRow key={member.id} member={member} isSelf={member.id === user.id} mayManage={mayManage} />
                  ))}
                </Rows>
              </Section>
              <AwaitedPeople people={items.filter(({ active, awaited }) => active && awaited)} mayManage={mayManage} />
              {items.every(({ active }) => active) ? null : (
                <Section title="Deactivated" aside="they keep their name in the history">
                  <Rows>
                    {items
                      .filter(({ active }) => !active)
                      .map((member) => (
                        <MemberRow key={member.id} member={member} isSelf={false} mayManage={mayManage} />
                      ))}
                  </Rows>
                </Section>
              )}
            </>
          )}
        </Loaded>
        <TeamList />
        {mayManage ? <InviteList /> : null}
      </div>
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </Page>
  );
}
