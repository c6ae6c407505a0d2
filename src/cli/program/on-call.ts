import { Option } from 'commander';
import { chatGroupKind } from '#respond/contract';
import { connect } from '../api.ts';
import { absences, addAbsence, removeAbsences } from '../command/absences.ts';
import { chatGroup } from '../command/chat-group.ts';
import { answerCover, cover, requestCover } from '../command/cover.ts';
import { holidays } from '../command/holidays.ts';
import { overrides, removeOverrides } from '../command/overrides.ts';
import { applyPolicies, exportPolicies, policies, showPolicy } from '../command/policies.ts';
import { override } from '../command/schedules.ts';
import { quietHours, setQuietHours } from '../command/quiet-hours.ts';
import { collect, examples, type Session, show } from '../session.ts';
import { TIME_HELP } from '../time.ts';

/** Who is asked, who is away, and who takes whose place. */
export function addOnCallCommands(session: Session): void {
  addPolicies(session);
  addOverrides(session);
  addAbsences(session);
  addCover(session);
  addHolidays(session);
  addQuietHours(session);
  addChatGroup(session);
}

function addPolicies(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('policies')
    .description('escalation policies')
    .addHelpText('after', examples('policies', 'policies show Night'))
    .action(() => show(session, policies(connect(global(), io))));
  group
    .command('show')
    .description('one policy, step by step')
    .argument('<name>', 'by name or id')
    .addHelpText('after', examples('policies show Night'))
    .action((name) => show(session, showPolicy(connect(global(), io), name)));
  group
    .command('export')
    .description('print policies as YAML (or JSON with --json), with names in the place of ids')
    .argument('[name]', 'only this one')
    .addHelpText('after', examples('policies export > policies.yaml'))
    .action((name) => show(session, exportPolicies(connect(global(), io), name)));
  group
    .command('apply')
    .description('make policies what a file says, each by its name')
    .argument('<file>', 'YAML or JSON as exported; - reads standard input')
    .option('--dry-run', 'say what would change, and change nothing (exit code 3 if anything would)')
    .option('--prune', 'remove those that the file does not name, but for the default')
    .addHelpText('after', examples('policies apply policies.yaml --dry-run', 'policies apply policies.yaml'))
    .action((file, options) => show(session, applyPolicies(connect(global(), io), io, file, options)));
}

function addOverrides(session: Session): void {
  const { program, io, global } = session;
  program
    .command('override')
    .description('put somebody on call, or take them off, for a span of a schedule')
    .argument('<schedule>', 'by name or id')
    .requiredOption('--until <time>', `up to this time, ${TIME_HELP}`)
    .option('--from <time>', 'from this time; default: now')
    .option('--add <name>', 'on call too, by name, email or id')
    .option('--remove <name>', 'not on call')
    .option('--replace <name>', 'whose place is taken by --by; without it, everybody’s')
    .option('--by <name>', 'who takes the place')
    .option('--move <id>', 'move an override that is there to these times')
    .option('--reason <text>', 'why, in one line')
    .addHelpText(
      'after',
      examples('override Primary --replace ann@example.com --by bob@example.com --until "mon 09:00"'),
    )
    .action((name, options) => show(session, override(connect(global(), io), io, name, options)));
  const group = program
    .command('overrides')
    .description('overrides of a schedule that have not ended; "override" makes and moves them')
    .argument('<schedule>', 'by name or id')
    .option('--from <time>', `those that touch a span from this time, ${TIME_HELP}`)
    .option('--to <time>', 'up to this time')
    .addHelpText('after', examples('overrides Primary', 'overrides remove ovr_4k2m'))
    .action((name, options) => show(session, overrides(connect(global(), io), io, name, options)));
  group
    .command('remove')
    .description('take overrides back; one that has begun ends now')
    .argument('<ids...>', 'ovr_…')
    .addHelpText('after', examples('overrides remove ovr_4k2m'))
    .action((ids) => show(session, removeOverrides(connect(global(), io), ids)));
}

function addAbsences(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('absences')
    .description('who is away, now or later')
    .option('--person <name>', 'only of this person, by name, address or id')
    .addHelpText('after', examples('absences --person Ann'))
    .action((options) => show(session, absences(connect(global(), io), io, options)));
  group
    .command('add')
    .description('say when somebody is away, and see who is on call instead (exit code 3 if nobody is in some of it)')
    .option('--of <name>', 'of whom, by name, address or id; default: yourself')
    .option('--from <time>', `from this time, ${TIME_HELP}; default: now`)
    .option('--for <length>', 'how long, such as 7d')
    .option('--until <time>', 'or up to when')
    .option('--reason <text>', 'why, in one line')
    .option('--dry-run', 'only say what it would mean')
    .addHelpText('after', examples('absences add --from "mon 00:00" --until 2026-12-24 --dry-run'))
    .action((options) => show(session, addAbsence(connect(global(), io), io, options)));
  group
    .command('remove')
    .description('take absences back; one that has begun ends now')
    .argument('<ids...>', 'abs_…')
    .addHelpText('after', examples('absences remove abs_4k2m'))
    .action((ids) => show(session, removeAbsences(connect(global(), io), ids)));
}

function addCover(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('cover')
    .description('requests for cover and swaps whose time is not over')
    .option('--schedule <name>', 'only in this schedule, by name or id')
    .addHelpText('after', examples('cover --schedule Primary'))
    .action((options) => show(session, cover(connect(global(), io), io, options)));
  group
    .command('ask')
    .description('ask somebody to take your place for a span; with a span in return it is a swap')
    .argument('<schedule>', 'by name or id')
    .requiredOption('--from <time>', `from this time, ${TIME_HELP}`)
    .option('--for <length>', 'how long, such as 12h')
    .option('--until <time>', 'or up to when')
    .option('--of <name>', 'whom, by name, address or id; default: whoever takes part')
    .option('--return-from <time>', 'in return you take their place from this time')
    .option('--return-until <time>', 'up to this time')
    .option('--note <text>', 'a word to them')
    .addHelpText('after', examples('cover ask Primary --from "sat 09:00" --for 1d --of bob@example.com'))
    .action((schedule, options) => show(session, requestCover(connect(global(), io), io, schedule, options)));
  const answers = {
    accept: 'take the place of who asks; the schedule changes at once',
    decline: 'decline a request that was made to you',
    withdraw: 'withdraw a request of your own that nobody has answered',
  } as const;
  for (const act of ['accept', 'decline', 'withdraw'] as const)
    group
      .command(act)
      .description(answers[act])
      .argument('<id>', 'cov_…')
      .addHelpText('after', examples(`cover ${act} cov_4k2m`))
      .action((id) => show(session, answerCover(connect(global(), io), act, id)));
}

function addHolidays(session: Session): void {
  const { program, io, global } = session;
  program
    .command('holidays')
    .description('calendars of public holidays; with a name, its days; with a country or days, make or change it')
    .argument('[name]', 'a holiday calendar, by name or id')
    .option('--from <date>', 'its days from this date, such as 2026-12-01; default: today')
    .option('--to <date>', 'up to this date')
    .option('--country <code>', 'the holidays of a country, such as DE')
    .option('--region <code>', 'of a part of it, such as BY')
    .option('--day <day>', 'another day, such as "2026-12-24 Christmas Eve" (repeatable)', collect, [])
    .option('--file <path>', 'the whole days of an .ics file')
    .option('--default', 'make it the workspace’s: of its business hours, and of everybody without another')
    .addOption(new Option('--remove', 'remove it').conflicts(['country', 'region', 'file', 'default']))
    .option('--countries', 'list the countries whose holidays are known')
    .addHelpText(
      'after',
      examples('holidays Munich --country DE --region BY --default', 'holidays Munich --from 2026-12-01'),
    )
    .action((name, options) => show(session, holidays(connect(global(), io), io, name, options)));
}

function addQuietHours(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('quiet-hours')
    .description('when pages of low urgency wait for you; urgent ones never do')
    .option('--person <name>', 'of this person, by name, address or id')
    .addHelpText('after', examples('quiet-hours', 'quiet-hours set "daily 22:00-07:00"', 'quiet-hours clear'))
    .action((options) => show(session, quietHours(connect(global(), io), io, options)));
  group
    .command('set')
    .description('set your own, in your time zone; what crosses midnight belongs to the day on which it begins')
    .argument('<hours...>', 'days and hours, each in quotes')
    .addHelpText(
      'after',
      examples('quiet-hours set "sun-thu 22:00-07:00" "fri,sat 23:00-10:00"', 'quiet-hours set "daily 22:00-07:00"'),
    )
    .action((hours) => show(session, setQuietHours(connect(global(), io), io, hours)));
  group
    .command('clear')
    .description('have none any more; what waits goes out at once')
    .addHelpText('after', examples('quiet-hours clear'))
    .action(() => show(session, setQuietHours(connect(global(), io), io, [])));
}

function addChatGroup(session: Session): void {
  const { program, io, global } = session;
  program
    .command('chat-group')
    .description('the group of a chat whose members are whoever is on call (exit code 3 if somebody is not in it)')
    .argument('<schedule>', 'by name or id')
    .option(
      '--follow <id>',
      'let this group follow the schedule: an id in Slack, @mention in Mattermost, SERVER/ROLE in Discord',
    )
    .addOption(
      new Option('--in <chat>', 'the chat of the group that is to follow')
        .choices(chatGroupKind.options)
        .default('slack' as const),
    )
    .option('--set', 'set its members now')
    .addOption(new Option('--stop', 'let none follow it; the group stays as it is').conflicts(['follow', 'set']))
    .addHelpText(
      'after',
      examples(
        'chat-group Primary',
        'chat-group Primary --follow S0615G0KT',
        'chat-group Primary --in mattermost --follow @oncall',
      ),
    )
    .action((schedule, options) => show(session, chatGroup(connect(global(), io), io, schedule, options)));
}
