import { ACCESS_ROLES } from '#access/contract';
import { Argument } from 'commander';
import { connect } from '../api.ts';
import { invitePeople, people, removePerson, restorePerson, setRole, withdrawInvites } from '../command/people.ts';
import { examples, oneOf, type Session, show } from '../session.ts';

const WHO = 'by name, address or id';

/** Who is in the workspace, and who is invited. */
export function addPeopleCommands(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('people')
    .description('who is in the workspace, and who is invited (exit code 3 if somebody is awaited and not invited)')
    .addHelpText(
      'after',
      examples('people', 'people invite ann@example.com bob@example.com', 'people invite --awaited'),
    )
    .action(() => show(session, people(connect(global(), io), io)));
  group
    .command('invite')
    .description('invite people; each link is printed, and mailed when mail is connected')
    .argument('[addresses...]', 'their mail addresses')
    .option('--awaited', 'everybody whom an import named and who has no open invite')
    .addOption(oneOf('--role <role>', 'what they may do; default: member, or as the import said', ACCESS_ROLES))
    .addHelpText('after', examples('people invite ann@example.com --role admin', 'people invite --awaited'))
    .action((addresses, options) => show(session, invitePeople(connect(global(), io), addresses, options)));
  group
    .command('withdraw')
    .description('withdraw open invites: their links stop working')
    .argument('<invites...>', 'by address or id')
    .addHelpText('after', examples('people withdraw ann@example.com'))
    .action((names) => show(session, withdrawInvites(connect(global(), io), names)));
  group
    .command('role')
    .description('change what somebody may do')
    .argument('<person>', WHO)
    .addArgument(new Argument('<role>', 'from now on').choices(ACCESS_ROLES))
    .addHelpText('after', examples('people role Ann admin'))
    .action((name, role) => show(session, setRole(connect(global(), io), name, role)));
  group
    .command('remove')
    .description('deactivate somebody: signed out everywhere, never paged; what they did stays')
    .argument('<person>', WHO)
    .option('--dry-run', 'say what would change, and change nothing (exit code 3)')
    .addHelpText('after', examples('people remove Bob --dry-run', 'people remove Bob'))
    .action((name, options) => show(session, removePerson(connect(global(), io), name, options)));
  group
    .command('restore')
    .description('let somebody who was deactivated in again')
    .argument('<person>', WHO)
    .addHelpText('after', examples('people restore bob@example.com'))
    .action((name) => show(session, restorePerson(connect(global(), io), name)));
}
