import { Argument, type Command } from 'commander';
import { alertState, foldBy } from '#detect/contract';
import { noticeChannelKind } from '#respond/contract';
import { connect } from '../api.ts';
import { alert, ALERT_ACTS } from '../command/alert.ts';
import { alertGroup, type AlertGroupOptions, GROUP_ACTS } from '../command/alert-group.ts';
import { alerts } from '../command/alerts.ts';
import { showAlert } from '../command/show-alert.ts';
import { addChannel, channels, removeChannel, testChannel } from '../command/channels.ts';
import { addMute, endMutes, mutes } from '../command/mutes.ts';
import { applyRoutes, exportRoutes, routes, testRoutes } from '../command/routes.ts';
import { serviceNeeds, services } from '../command/services.ts';
import { slos } from '../command/slos.ts';
import { CONDITION_HELP } from '../document/condition.ts';
import { collect, examples, oneOf, type Session, show } from '../session.ts';
import { TIME_HELP } from '../time.ts';

/** Alerts, and what decides about them before they ask anybody. */
export function addAlertCommands(session: Session): void {
  addAlerts(session);
  addRoutes(session);
  addMutes(session);
  addChannels(session);
  addServices(session);
}

function addAlerts(session: Session): void {
  const { program, io, global } = session;
  program
    .command('alerts')
    .description('alerts that are not closed, the newest first')
    .addOption(oneOf('--state <state>', 'only those in this state', alertState.options))
    .option('--all', 'the newest in any state')
    .option('--service <name>', 'only of this service, by name, slug or id')
    .option('--quiet', 'only those that ask nobody')
    .option('--vanished', 'those that were over while a route held them, before anybody was asked')
    .option('--ids', 'only their ids, a line each')
    .addHelpText('after', examples('alerts --service shop', 'alerts --service shop --ids | allclear alert close -'))
    .action((options) => show(session, alerts(connect(global(), io), io, options)));
  const group = program
    .command('alert')
    .description('show one alert, or act on one or many')
    .usage('[options] <act> <ids...> | show <alert> | group <of> [act]')
    .addArgument(new Argument('<act>', 'what to do').choices(ALERT_ACTS))
    .argument('<ids...>', 'ids of alerts, or the ends of them; - reads them from standard input')
    .option('--for <length>', 'snooze: how long, such as 2h')
    .option('--until <time>', `snooze: or until when, ${TIME_HELP}`)
    .option('--to <name>', 'reassign: a person or an escalation policy, by name, address or id')
    .option('--text <text>', 'note: the words; dismiss: why')
    .addHelpText(
      'after',
      examples(
        'alert show alt_4k2m',
        'alert acknowledge alt_4k2m',
        'alert snooze alt_4k2m alt_9x1c --until "tomorrow 09:00"',
        'alert reassign alt_4k2m --to ann@example.com',
        'alert note alt_4k2m --text "The disk is on its way."',
      ),
    )
    .action((act, ids, options) => show(session, alert(connect(global(), io), io, { act, ids, ...options })));
  group
    .command('show')
    .description('one alert: why it is here, who was paged, what became of it, and its last signals')
    .argument('<alert>', 'its id, or the end of it')
    .option('--signals <number>', 'how many of the last signals', '5')
    .option('--payloads', 'with all of what each signal said')
    .addHelpText('after', examples('alert show alt_4k2m', 'alert show alt_4k2m --signals 1 --payloads'))
    .action((id, options) => show(session, showAlert(connect(global(), io), io, id, options)));
  group
    .command('group')
    .description('alerts that ask as one, or those of an incident, in rows of what they have in common')
    .argument('<of>', 'a group (grp_…), an alert in it, or an incident (INC-3)')
    .addArgument(new Argument('[act]', 'what to do with a row, or with all').choices(GROUP_ACTS))
    .addOption(oneOf('--by <what>', 'what rows have in common; default: what leaves the fewest', foldBy.options))
    .option('--row <name>', 'only this row, by what stands in it or by its id; none is what nothing is known of')
    .option('--all', 'with an act: all rows')
    .option('--ids', 'only the ids of those that are not closed, a line each')
    .option('--for <length>', 'snooze: how long, such as 2h')
    .option('--until <time>', `snooze: or until when, ${TIME_HELP}`)
    .option('--text <text>', 'note: the words; dismiss: why')
    .addHelpText(
      'after',
      examples(
        'alert group INC-3',
        'alert group grp_4k2m --by host --row db-1',
        'alert group grp_4k2m acknowledge --by host --row db-1',
        'alert group alt_4k2m snooze --row Postgres --for 2h',
      ),
    )
    // `alert` has options of the same names, and takes what it knows before its subcommands do.
    .action((of, act, _options, command: Command) =>
      show(session, alertGroup(connect(global(), io), io, of, act, command.optsWithGlobals<AlertGroupOptions>())),
    );
}

function addRoutes(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('routes')
    .description('the ordered rules that decide about each new alert')
    .addHelpText('after', examples('routes', 'routes test payload.json', 'routes apply routes.yaml --dry-run'))
    .action(() => show(session, routes(connect(global(), io))));
  group
    .command('test')
    .description('say of each rule whether it takes a payload or an alert, and why; stores nothing')
    .argument('[file]', 'the payload; default: standard input')
    .option('--source <name>', 'in the format of this alert source; default: our own JSON')
    .option('--alert <id>', 'this alert instead of a payload')
    .option('--at <time>', `as if it came then, ${TIME_HELP}`)
    .option('--rules <file>', 'by the rules of this file instead of those in use')
    .addHelpText(
      'after',
      examples(
        'routes test payload.json --source Prometheus',
        'routes test --alert alt_4k2m --rules routes.yaml --at "sun 03:00"',
      ),
    )
    .action((file, options) => show(session, testRoutes(connect(global(), io), io, file, options)));
  group
    .command('export')
    .description('print the rules as YAML (or JSON with --json), with names in the place of ids')
    .addHelpText('after', examples('routes export > routes.yaml'))
    .action(() => show(session, exportRoutes(connect(global(), io))));
  group
    .command('apply')
    .description('make the rules what a file says, as a whole')
    .argument('<file>', 'YAML or JSON as exported; - reads standard input')
    .option('--dry-run', 'say what would change, and change nothing (exit code 3 if anything would)')
    .addHelpText('after', examples('routes apply routes.yaml --dry-run', 'routes apply routes.yaml'))
    .addHelpText('after', `\n${CONDITION_HELP}`)
    .action((file, options) => show(session, applyRoutes(connect(global(), io), io, file, options)));
}

function addMutes(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('mutes')
    .description('mutes that keep alerts quiet')
    .option('--all', 'those that are over too')
    .addHelpText('after', examples('mutes --all'))
    .action((options) => show(session, mutes(connect(global(), io), io, options)));
  group
    .command('add')
    .description('keep quiet what matches every condition, until a time')
    .argument('<reason>', 'why, for whoever wonders')
    .option('--match <condition>', 'such as label.env=staging (repeatable)', collect, [])
    .option('--for <length>', 'how long, such as 2h')
    .option('--until <time>', `or until when, ${TIME_HELP}`)
    .addHelpText(
      'after',
      examples('mutes add "Disks are replaced" --match service=shop --match "title~disk" --until "tomorrow 09:00"'),
    )
    .addHelpText('after', `\n${CONDITION_HELP}`)
    .action((reason, options) => show(session, addMute(connect(global(), io), io, reason, options)));
  group
    .command('end')
    .description('end mutes before their time')
    .argument('<ids...>', 'mut_…')
    .addHelpText('after', examples('mutes end mut_4k2m'))
    .action((ids) => show(session, endMutes(connect(global(), io), ids)));
}

function addChannels(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('channels')
    .description('team channels, which are told what begins and ends (exit code 3 if one cannot be reached)')
    .addHelpText('after', examples('channels', 'channels test Operations'))
    .action(() => show(session, channels(connect(global(), io))));
  group
    .command('add')
    .description('add one; ALLCLEAR_CHANNEL_TOKEN holds the access token of an ntfy topic that needs one')
    .argument('<name>', 'what it is called here')
    .argument('<address>', 'the id of a channel or chat, a URL, or a mail address')
    .addOption(oneOf('--kind <kind>', 'what kind of place it is', noticeChannelKind.options).makeOptionMandatory())
    .option('--service <name>', 'only about this service (repeatable); default: everything', collect, [])
    .option('--every <length>', 'how often it hears that something is still open, such as 30m, or never')
    .option('--only-pages', 'it hears only pages whose escalation step names it')
    .addHelpText('after', examples('channels add Operations C024BE7LH --kind slack --service shop --every 1h'))
    .action((name, address, options) => show(session, addChannel(connect(global(), io), io, name, address, options)));
  group
    .command('test')
    .description('send a test message there now')
    .argument('<name>', 'by name or id')
    .addHelpText('after', examples('channels test Operations'))
    .action((name) => show(session, testChannel(connect(global(), io), name)));
  group
    .command('remove')
    .description('tell it nothing more')
    .argument('<name>', 'by name or id')
    .addHelpText('after', examples('channels remove Operations'))
    .action((name) => show(session, removeChannel(connect(global(), io), name)));
}

function addServices(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('services')
    .description('services: state, escalation policy, and what each needs in order to work')
    .addHelpText('after', examples('services'))
    .action(() => show(session, services(connect(global(), io))));
  group
    .command('needs')
    .description('what a service needs and what needs it; with other services, set what it needs')
    .argument('<service>', 'by name, slug or id')
    .argument('[others...]', 'all that it needs')
    .option('--nothing', 'it needs nothing')
    .addHelpText('after', examples('services needs shop', 'services needs shop payments database'))
    .action((name, others, options) => show(session, serviceNeeds(connect(global(), io), name, others, options)));
  program
    .command('slos')
    .description('SLOs: what is left of their error budgets, and how fast it goes')
    .addHelpText('after', examples('slos'))
    .action(() => show(session, slos(connect(global(), io))));
}
