import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { ACCESS_ROLES, API_KEY_SCOPES } from '#access/contract';
import { ApiProblem } from '#client';
import { updateStatus } from '#communicate/contract';
import { severity } from '#declare/contract';
import { urgency } from '#respond/contract';
import { signalSeverity } from '#detect/contract';
import { movingTool } from '#monitor/contract';
import { importTool } from '#respond/contract';
import { connect, type GlobalOptions, sentenceOf } from './api.ts';
import { coverage } from './command/coverage.ts';
import { declare } from './command/declare.ts';
import { doctor } from './command/doctor.ts';
import { load } from './command/load.ts';
import { importAny } from './command/import.ts';
import { maintenance } from './command/maintenance.ts';
import { oncall } from './command/oncall.ts';
import { pages } from './command/pages.ts';
import { report } from './command/report.ts';
import { shadow } from './command/shadow.ts';
import { server } from './command/server.ts';
import { status } from './command/status.ts';
import { revokeTokens, token, tokens } from './command/token.ts';
import { update } from './command/update.ts';
import { addAlertCommands } from './program/alerts.ts';
import { addConfigCommands } from './program/config.ts';
import { addDrillCommands } from './program/drills.ts';
import { addMonitorCommands } from './program/monitors.ts';
import { addOnCallCommands } from './program/on-call.ts';
import { addPeopleCommands } from './program/people.ts';
import { addPageCommands } from './program/pages.ts';
import { addProbeCommand } from './program/probe.ts';
import { addReachCommands } from './program/reach.ts';
import { addScheduleCommands } from './program/schedules.ts';
import { addSettingCommands } from './program/settings.ts';
import { addSourceCommands } from './program/sources.ts';
import { explainFailure, sayFailure } from './explain.ts';
import { EXIT, type Io } from './io.ts';
import { REPEAT_HELP } from './repeat.ts';
import { collect, examples, oneOf, type Session, show } from './session.ts';
import { nearest } from './text.ts';
import { TIME_HELP } from './time.ts';

const EPILOGUE = `
Reads ALLCLEAR_URL (default http://127.0.0.1:4242) and ALLCLEAR_API_KEY.
Exit codes: 0 done · 1 failed · 2 wrong command line · 3 done, and something needs attention.`;

/** The commands under the headings of the help. */
const PARTS: readonly (readonly [string, ...((session: Session) => void)[]])[] = [
  ['See what needs somebody:', addReadingCommands],
  ['Act:', addActingCommands, addPageCommands],
  ['Decide about alerts:', addAlertCommands, addSourceCommands],
  ['Watch:', addMonitorCommands, addConfigCommands],
  ['Decide who is asked:', addOnCallCommands, addScheduleCommands],
  ['Reach people:', addDrillCommands, addReachCommands, addPeopleCommands],
  ['Look after an installation:', addInstallationCommands, addSettingCommands],
];

/** Runs one command line; resolves with its exit code, or with null for a server that goes on. */
export async function runCli(argv: readonly string[], io: Io): Promise<number | null> {
  const session = openSession(io);
  try {
    await session.program.parseAsync([...argv], { from: 'user' });
    return session.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.code === 'commander.excessArguments') suggest(session, argv);
    return explain(error, io, argv.includes('--json'));
  }
}

/** A word too many may be a misspelt command: `sources crate Backups`. */
function suggest({ program, io }: Session, argv: readonly string[]): void {
  const [first = '', second = ''] = argv.filter((word) => !word.startsWith('-'));
  const group = program.commands.find((one) => one.name() === first);
  const [near] = nearest(second, group?.commands ?? [], (one) => [one.name(), ...one.aliases()]);
  if (near) io.err(`(Did you mean allclear ${first} ${near.name()}?)\n`);
}

/** The program with all of its commands, before it runs. */
export function openSession(io: Io): Session {
  const program = new Command('allclear')
    .description('Incident management where every promise has a clock.')
    .version(io.version, '--version', 'print the version')
    .option('--url <url>', 'where the server is')
    .option('--api-key <key>', 'the API key to act with')
    .option('--data-dir <path>', 'data directory of a server on this machine')
    .option('--json', 'print JSON for machines')
    .addHelpText('after', EPILOGUE)
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .showSuggestionAfterError()
    .exitOverride();
  const session: Session = { program, io, global: () => program.opts<GlobalOptions>(), exitCode: EXIT.ok };
  for (const [title, ...parts] of PARTS) {
    program.commandsGroup(title);
    for (const addCommands of parts) addCommands(session);
  }
  return session;
}

function addInstallationCommands(session: Session): void {
  const { program, io, global } = session;
  program
    .command('server')
    .description('run an instance: server, check engine and database')
    .option('--host <address>', 'address to listen on')
    .option('--port <number>', 'port to listen on')
    .option('--public-url <url>', 'how people reach it')
    .option('--database-url <url>', 'a PostgreSQL of your own instead of the embedded one')
    .option('--roles <list>', 'web,worker,scheduler,probe; default all')
    .addHelpText('after', examples('server --port 4242 --public-url https://allclear.example.com'))
    .action(async (options) => {
      await server(global(), io, options);
      session.exitCode = null;
    });
  addProbeCommand(session);
  program
    .command('doctor')
    .description('look at everything this installation stands on and say what to mend')
    .addHelpText('after', examples('doctor'))
    .action(() => show(session, doctor(global(), io)));
  const keys = program
    .command('token')
    .description(
      'make an API key that acts as you: through the server, or directly in the data directory of this machine',
    )
    .option('--name <name>', 'what it is for')
    .addOption(oneOf('--role <role>', 'what it may do, at most what you may; default: member, or less', ACCESS_ROLES))
    .option('--scopes <list>', 'read, write or both; default: both, or what your key has', scopes)
    .option('--expires <length>', 'such as 30d; default: never, or when your key does')
    .option('--local', 'directly in the data directory, even when there is a key to ask with')
    .enablePositionalOptions()
    .addHelpText('after', examples('token --name CI --role viewer --scopes read --expires 30d', 'token list'))
    .action((options) => show(session, token(global(), io, options)));
  keys
    .command('list')
    .description('your API keys: what each may do, when it was used and when it ends')
    .option('--everybody', 'those of all people; for admins')
    .addHelpText('after', examples('token list', 'token list --everybody'))
    .action((options) => show(session, tokens(connect(global(), io), io, options)));
  keys
    .command('revoke')
    .description('end API keys at once')
    .argument('<keys...>', 'your own by name or id; for admins, those of others by id')
    .addHelpText('after', examples('token revoke "Old laptop"'))
    .action((names) => show(session, revokeTokens(connect(global(), io), names)));
}

function addReadingCommands(session: Session): void {
  const { program, io, global } = session;
  program
    .command('status')
    .description('what needs somebody now (exit code 3 if anything does)')
    .addHelpText('after', examples('status'))
    .action(() => show(session, status(connect(global(), io), io)));
  program
    .command('oncall')
    .description(
      'who is on call and next, and who would be paged, by what and why (exit code 3 if the plan has a hole)',
    )
    .option('--service <name>', 'for this service')
    .addOption(oneOf('--severity <level>', 'for an incident of this severity', severity.options))
    .addOption(oneOf('--urgency <urgency>', 'or for an alert of this urgency', urgency.options))
    .option('--at <time>', `at this time, ${TIME_HELP}; default: now`)
    .addHelpText('after', examples('oncall', 'oncall --service shop --severity SEV1 --at "sun 03:00"'))
    .action((options) => show(session, oncall(connect(global(), io), io, options)));
  program
    .command('pages')
    .description('what happened to pages: due, handed over, seen, answered, and why each step began')
    .option('--person <name>', 'only what concerns a person, by name, address or id')
    .option('--incident <reference>', 'INC-n')
    .option('--page <id>', 'one page (pag_…)')
    .option('--from <time>', `from this time, ${TIME_HELP}`)
    .option('--to <time>', 'up to this time')
    .option('--csv', 'everything that fits, as comma-separated values')
    .addHelpText('after', examples('pages --incident INC-3', 'pages --person Ann --from "7d ago" --csv > pages.csv'))
    .action((options) => show(session, pages(connect(global(), io), io, options)));
  program
    .command('load')
    .description('what on-call asked of each person: hours, nights, free days, pages; and what would even it out')
    .option('--from <time>', 'from this time; default: 30 days before the end')
    .option('--to <time>', 'up to this time; default: now')
    .option('--schedule <name>', 'by this schedule only')
    .option('--team <name>', 'members of this team only')
    .option('--csv', 'every day of every person, for pay, as comma-separated values')
    .addHelpText(
      'after',
      examples('load --team Platform', 'load --from 2026-11-01 --to 2026-12-01 --csv > november.csv'),
    )
    .action((options) => show(session, load(connect(global(), io), io, options)));
  program
    .command('shadow')
    .description('who would have been paged for alerts of sources in shadow; with a name, of one source')
    .argument('[name]', 'an alert source, by name or id')
    .addOption(new Option('--on', 'put it into shadow').conflicts('live'))
    .option('--live', 'let it go live')
    .option('--csv', 'as comma-separated values, a line for each message')
    .addHelpText('after', examples('shadow', 'shadow Backups --live'))
    .action((name, options) => show(session, shadow(connect(global(), io), io, name, options)));
  program
    .command('coverage')
    .description('prove the next 30 days of every escalation policy (exit code 3 if it has a hole)')
    .addHelpText('after', examples('coverage'))
    .action(() => show(session, coverage(connect(global(), io), io)));
}

function addActingCommands(session: Session): void {
  const { program, io, global } = session;
  program
    .command('import')
    .description(
      'plan an import from another pager or monitoring tool, and carry it out with --apply (exit code 3 if something stays behind)',
    )
    .argument('<files...>', 'the export, as docs/moving-in.md says; - reads standard input')
    .addOption(
      oneOf('--from <tool>', 'which tool it comes from; default: told by the document', [
        ...importTool.options,
        ...movingTool.options,
      ]),
    )
    .option('--apply', 'make what the plan says, all of it or nothing')
    .option('--yaml', 'of monitors: print the configuration file that they become')
    .option('--set <name>', 'of monitors: the set of files that manages them; default: the name of the tool')
    .option('--yes', 'of monitors: remove what an earlier import made and this one no longer names')
    .addHelpText(
      'after',
      examples(
        'import opsgenie.json',
        'import opsgenie.json --apply',
        'import kuma.db',
        'import kuma.db --yaml > monitoring.yaml',
      ),
    )
    .action((files, options) =>
      show(session, importAny(connect(global(), io), io, files, { ...options, json: global().json === true })),
    );
  program
    .command('declare')
    .description('declare an incident')
    .argument('[title]', 'what is wrong, in one line')
    .addOption(oneOf('--severity <level>', 'chosen by the written criteria; default: the policy’s', severity.options))
    .option('--service <name>', 'affected service, by name, slug or id (repeatable)', collect, [])
    .option('--alert <id>', 'declare from this alert')
    .addOption(new Option('--customer-facing', 'customers notice it').conflicts('internal'))
    .option('--internal', 'customers do not notice it')
    .option('--drill', 'the whole process, marked everywhere, never public')
    .addHelpText(
      'after',
      examples(
        'declare "Checkout is down" --severity SEV1 --service shop --customer-facing',
        'declare --alert alt_4k2m',
      ),
    )
    .action((title, options) => show(session, declare(connect(global(), io), title, options)));
  program
    .command('report')
    .description('report a problem: an alert under your name')
    .argument('[title]', 'what is wrong, in one line')
    .option('--service <name>', 'what it is about, by name, slug or id')
    .addOption(oneOf('--severity <level>', 'critical and error page at once; default: error', signalSeverity.options))
    .option('--details <text>', 'what you saw')
    .addHelpText('after', examples('report "Invoices are sent twice" --service shop --severity warning'))
    .action((title, options) => show(session, report(connect(global(), io), title, options)));
  program
    .command('maintenance')
    .description('planned work: what is planned or running; with a title, plan it; with --end, end it')
    .argument('[title]', 'what is done, in one line')
    .option('--service <name>', 'of this service, by name, slug or id (repeatable)', collect, [])
    .option('--monitor <name>', 'of this monitor alone, by name or id (repeatable)', collect, [])
    .option('--for <length>', 'how long, such as 2h')
    .option('--until <time>', 'or up to when')
    .option('--from <time>', `from this time, ${TIME_HELP}; default: now`)
    .option('--every <times>', `again and again, ${REPEAT_HELP}`)
    .option('--cron <expression>', 'again and again by a cron expression')
    .option('--zone <zone>', 'of the clock that --every and --cron go by; default: of this terminal')
    .option('--end <id>', 'end this window (mwn_…) now, or call it off; of a series (mse_…), all that comes')
    .addHelpText(
      'after',
      examples(
        'maintenance',
        'maintenance "New disks" --service shop --from "sat 22:00" --for 2h',
        'maintenance "Backup" --service shop --every "sun 02:00" --zone Europe/Berlin --for 90m',
        'maintenance --end mwn_4k2m',
      ),
    )
    .action((title, options) => show(session, maintenance(connect(global(), io), io, title, options)));
  program
    .command('update')
    .description('post a public update')
    .argument('[text]', 'what customers read (Markdown)')
    .option('--incident <reference>', 'INC-n; default: the only open incident')
    .addOption(oneOf('--status <status>', 'default: as the draft says', updateStatus.options))
    .option('--next <length>', 'when the next update is promised, such as 30m')
    .option('--component <name=status>', 'set a component, such as checkout=partial_outage (repeatable)', collect, [])
    .option('--no-notify', 'do not tell subscribers')
    .option('--draft', 'show the shipped wording and publish nothing')
    .addHelpText(
      'after',
      examples(
        'update --draft',
        'update "We are looking into it." --incident INC-3 --next 30m --component checkout=partial_outage',
      ),
    )
    .action((text, options) => show(session, update(connect(global(), io), io, text, options)));
}

function explain(error: unknown, io: Io, json: boolean): number {
  if (error instanceof ApiProblem) return sayFailure(io, json, sentenceOf(error), EXIT.failed, error.code);
  return explainFailure(error, io, json);
}

function scopes(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.every((part) => API_KEY_SCOPES.some((scope) => scope === part))) return parts;
  throw new InvalidArgumentError(`expected some of ${API_KEY_SCOPES.join(', ')}, separated by commas.`);
}
