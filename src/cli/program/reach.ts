import { channelKind, deliveryPurpose, deliveryState } from '#delivery/contract';
import { urgency } from '#respond/contract';
import { Argument } from 'commander';
import { connect } from '../api.ts';
import {
  addContact,
  CONTACT_KINDS,
  contacts,
  removeContact,
  removeRules,
  rotateSecret,
  rules,
  setRule,
  testContact,
  verifyContact,
} from '../command/contacts.ts';
import { outbox, releaseMail, retryDeliveries, showDelivery } from '../command/outbox.ts';
import { addTeam, editTeam, removeTeam, teams } from '../command/teams.ts';
import { collect, examples, oneOf, type Session, show } from '../session.ts';

const MINE = 'one of your own, by id, address, label or kind';

/** How people are reached, in which teams they are, and what was sent to them. */
export function addReachCommands(session: Session): void {
  addContacts(session);
  addRules(session);
  addTeams(session);
  addOutbox(session);
}

function addContacts(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('contacts')
    .description('ways to reach you (exit code 3 when a page by one of them would not arrive)')
    .option('--person <name>', 'of somebody else, by name, address or id; for admins')
    .enablePositionalOptions()
    .addHelpText('after', examples('contacts', 'contacts add email ann@example.com', 'contacts verify email 482913'))
    .action((options) => show(session, contacts(connect(global(), io), options)));
  group
    .command('add')
    .description(
      'add one; a code is sent there at once. ALLCLEAR_CONTACT_TOKEN holds the token of an ntfy topic that needs one',
    )
    .addArgument(new Argument('<kind>', 'how').choices(CONTACT_KINDS))
    .argument('[address]', 'where: an address, a number with its country code, a URL, a user; Telegram needs none')
    .option('--label <text>', 'what you call it')
    .addHelpText('after', examples('contacts add sms "+44 7700 900123" --label Mobile', 'contacts add telegram'))
    .action((kind, address, options) => show(session, addContact(connect(global(), io), io, kind, address, options)));
  group
    .command('verify')
    .description('enter the code that arrived; pages use it from then on')
    .argument('<contact>', MINE)
    .argument('<code>', 'the code')
    .addHelpText('after', examples('contacts verify sms 482913'))
    .action((name, code) => show(session, verifyContact(connect(global(), io), name, code)));
  group
    .command('test')
    .description('send a test message there now; to one that is not verified a new code')
    .argument('<contact>', MINE)
    .addHelpText('after', examples('contacts test Mobile'))
    .action((name) => show(session, testContact(connect(global(), io), name)));
  group
    .command('rotate-secret')
    .description('make a new signing secret for a webhook; for a day messages carry both signatures')
    .argument('<contact>', MINE)
    .addHelpText('after', examples('contacts rotate-secret webhook'))
    .action((name) => show(session, rotateSecret(connect(global(), io), name)));
  group
    .command('remove')
    .description('remove it with its notification rules')
    .argument('<contact>', MINE)
    .addHelpText('after', examples('contacts remove Mobile'))
    .action((name) => show(session, removeContact(connect(global(), io), name)));
}

function addRules(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('notification-rules')
    .description('when you are told by what, for pages of each urgency')
    .option('--person <name>', 'of somebody else, by name, address or id')
    .enablePositionalOptions()
    .addHelpText('after', examples('notification-rules', 'notification-rules set sms --after 2m'))
    .action((options) => show(session, rules(connect(global(), io), options)));
  group
    .command('set')
    .description('be told by one of your contact methods, at once, after a while, or several times')
    .argument('<contact>', MINE)
    .addOption(oneOf('--urgency <urgency>', 'of pages of this urgency', urgency.options).default('high'))
    .option(
      '--after <length>',
      'after so long without an acknowledgement, such as 2m; default: 0s, at once (repeatable)',
      collect,
      [],
    )
    .addHelpText(
      'after',
      examples(
        'notification-rules set voice --after 0s --after 3m --after 6m',
        'notification-rules set email --urgency low',
      ),
    )
    .action((contact, options) => show(session, setRule(connect(global(), io), contact, options)));
  group
    .command('remove')
    .description('remove rules')
    .argument('<ids...>', 'rul_…')
    .addHelpText('after', examples('notification-rules remove rul_4k2m'))
    .action((ids) => show(session, removeRules(connect(global(), io), ids)));
}

function addTeams(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('teams')
    .description('teams, and who is in them')
    .addHelpText('after', examples('teams', 'teams create Platform --person Ann --person Bob'))
    .action(() => show(session, teams(connect(global(), io))));
  group
    .command('create')
    .description('make a team')
    .argument('<name>', 'what it is called')
    .option('--person <name>', 'who is in it, by name, address or id (repeatable)', collect, [])
    .addHelpText('after', examples('teams create Platform --person Ann --person Bob'))
    .action((name, { person }: { person: string[] }) => show(session, addTeam(connect(global(), io), name, person)));
  group
    .command('change')
    .description('rename a team, or change who is in it')
    .argument('<name>', 'by name or id')
    .option('--rename <name>', 'its new name')
    .option('--add <name>', 'who comes, by name, address or id (repeatable)', collect, [])
    .option('--remove <name>', 'who goes (repeatable)', collect, [])
    .addHelpText('after', examples('teams change Platform --add Cy --remove Bob'))
    .action((name, options) => show(session, editTeam(connect(global(), io), name, options)));
  group
    .command('remove')
    .description('remove a team; refused while something asks it')
    .argument('<name>', 'by name or id')
    .addHelpText('after', examples('teams remove Platform'))
    .action((name) => show(session, removeTeam(connect(global(), io), name)));
}

function addOutbox(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('outbox')
    .description('the newest messages that went out, wait, failed or are held')
    .addOption(oneOf('--state <state>', 'only those in this state', deliveryState.options))
    .addOption(oneOf('--purpose <purpose>', 'only those for this', deliveryPurpose.options))
    .addOption(oneOf('--kind <kind>', 'only those by this', channelKind.options))
    .option('--page <id>', 'only those of this page (pag_…)')
    .option('--incident <reference>', 'only those of INC-n')
    .option('--person <name>', 'only those to a person, by name, address or id')
    .option('--ids', 'only their ids, a line each')
    .enablePositionalOptions()
    .addHelpText('after', examples('outbox --state failed', 'outbox --state failed --ids | allclear outbox retry -'))
    .action((options) => show(session, outbox(connect(global(), io), io, options)));
  group
    .command('show')
    .description('one message with its text and each try; personal links and codes are masked')
    .argument('<id>', 'dlv_…')
    .addHelpText('after', examples('outbox show dlv_4k2m'))
    .action((id) => show(session, showDelivery(connect(global(), io), io, id)));
  group
    .command('retry')
    .description('try failed or held messages again now; pages that are over are refused')
    .argument('<ids...>', 'dlv_…; - reads them from standard input')
    .addHelpText('after', examples('outbox retry dlv_4k2m'))
    .action((ids) => show(session, retryDeliveries(connect(global(), io), io, ids)));
  group
    .command('release')
    .description('send the held mails that are still current')
    .addHelpText('after', examples('outbox release'))
    .action(() => show(session, releaseMail(connect(global(), io))));
}
