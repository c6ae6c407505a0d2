import type { Command } from 'commander';
import { connect } from '../api.ts';
import { addSchedule, editSchedule, importIcs, removeSchedule, scheduleVersions } from '../command/edit-schedules.ts';
import { createFeed, feeds, revokeFeeds } from '../command/feeds.ts';
import { applySchedules, exportSchedules, previewSchedules } from '../command/schedule-files.ts';
import { schedules } from '../command/schedules.ts';
import { collect, examples, oneOf, type Session, show } from '../session.ts';
import { TIME_HELP } from '../time.ts';

const WHICH = 'a schedule, by name or id';

/** On-call schedules, and the addresses at which calendar programs read them. */
export function addScheduleCommands(session: Session): void {
  const group = session.program
    .command('schedules')
    .description('on-call schedules; "schedules NAME" is short for "schedules show NAME"')
    .usage('[command] [options]')
    .addHelpText(
      'after',
      examples(
        'schedules',
        'schedules Primary --from 2026-12-24',
        'schedules export Primary > primary.yaml',
        'schedules show --help',
      ),
    );
  addOne(session, group);
  addFiles(session, group);
  addFeeds(session);
}

function addOne(session: Session, group: Command): void {
  const { io, global } = session;
  group
    .command('show', { isDefault: true })
    .description('all of them; with a name, who is on call through a span (exit code 3 if it has a gap)')
    .argument('[name]', WHICH)
    .option('--from <time>', `from this time, ${TIME_HELP}; default: now`)
    .option('--to <time>', 'up to this time; default: two weeks later')
    .addHelpText('after', examples('schedules show Primary --to 30d'))
    .action((name, options) => show(session, schedules(connect(global(), io), io, name, options)));
  group
    .command('create')
    .description('make a schedule in which people take turns; a file can say more (exit code 3 if it has a gap)')
    .argument('<name>', 'what it is called')
    .option('--person <name>', 'whose turn, in their order, by name, address or id (repeatable)', collect, [])
    .requiredOption('--begins <time>', `when the first turn begins, in the zone of the schedule, ${TIME_HELP}`)
    .addOption(
      oneOf('--rotation <kind>', 'how long a turn is', ['hourly', 'daily', 'weekly', 'monthly']).default('weekly'),
    )
    .option('--every <number>', 'so many hours, days, weeks or months', '1')
    .option('--zone <zone>', 'such as Europe/Berlin; default: the zone of the terminal')
    .option('--hours <hours>', 'only then, such as "mon-fri 09:00-17:00" (repeatable)', collect, [])
    .option('--hand-off <length>', 'how long before a shift its people are told, or never; default: 60m')
    .addHelpText(
      'after',
      examples('schedules create Primary --person Ann --person Bob --begins "2026-11-23 09:00" --zone Europe/Berlin'),
    )
    .action((name, options) => show(session, addSchedule(connect(global(), io), io, name, options)));
  group
    .command('change')
    .description('rename a schedule, or change its zone or when people are told; layers are changed in a file')
    .argument('<name>', WHICH)
    .option('--rename <name>', 'its new name')
    .option('--zone <zone>', 'such as Europe/Berlin')
    .option('--hand-off <length>', 'how long before a shift its people are told, or never')
    .option('--holds-from <time>', `from this time, ${TIME_HELP}; default: now`)
    .addHelpText('after', examples('schedules change Primary --hand-off 2h'))
    .action((name, options) => show(session, editSchedule(connect(global(), io), io, name, options)));
  group
    .command('versions')
    .description('every version, the latest first')
    .argument('<name>', WHICH)
    .addHelpText('after', examples('schedules versions Primary'))
    .action((name) => show(session, scheduleVersions(connect(global(), io), io, name)));
  group
    .command('import')
    .description('plan overrides from an .ics file, and make them with --apply (exit code 3 if a title names nobody)')
    .argument('<name>', WHICH)
    .argument('<file>', 'the .ics file; - reads standard input')
    .option('--person <title=name>', 'whom a title means (repeatable)', collect, [])
    .option('--apply', 'make what the plan says, all of it or nothing')
    .addHelpText('after', examples('schedules import Primary december.ics --person "A. Lee=ann@example.com" --apply'))
    .action((name, file, options) => show(session, importIcs(connect(global(), io), io, name, file, options)));
  group
    .command('remove')
    .description('remove it; nobody is on call by it any more')
    .argument('<name>', WHICH)
    .addHelpText('after', examples('schedules remove Primary'))
    .action((name) => show(session, removeSchedule(connect(global(), io), name)));
}

function addFiles(session: Session, group: Command): void {
  const { io, global } = session;
  group
    .command('export')
    .description('print schedules as YAML (or JSON with --json), with names in the place of ids')
    .argument('[name]', 'only this one')
    .addHelpText('after', examples('schedules export > schedules.yaml'))
    .action((name) => show(session, exportSchedules(connect(global(), io), name)));
  group
    .command('preview')
    .description('who would be on call if a file were applied; writes nothing (exit code 3 if there is a gap)')
    .argument('<file>', 'YAML or JSON as exported; - reads standard input')
    .argument('[name]', 'only this schedule in the file')
    .option('--from <time>', `from this time, ${TIME_HELP}; default: now`)
    .option('--to <time>', 'up to this time; default: two weeks later')
    .option('--holds-from <time>', 'as if it held from then; default: now')
    .addHelpText('after', examples('schedules preview schedules.yaml Primary --to 30d'))
    .action((file, name, options) => show(session, previewSchedules(connect(global(), io), io, file, name, options)));
  group
    .command('apply')
    .description('make schedules what a file says, each by its name, as new versions')
    .argument('<file>', 'YAML or JSON as exported; - reads standard input')
    .option('--holds-from <time>', `from this time, ${TIME_HELP}; default: now`)
    .option('--dry-run', 'say what would change, and change nothing (exit code 3 if anything would)')
    .option('--prune', 'remove those that the file does not name')
    .addHelpText(
      'after',
      examples('schedules apply schedules.yaml --dry-run', 'schedules apply schedules.yaml --holds-from "mon 09:00"'),
    )
    .action((file, options) => show(session, applySchedules(connect(global(), io), io, file, options)));
}

function addFeeds(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('feeds')
    .description('addresses at which calendar programs read on-call shifts')
    .addHelpText('after', examples('feeds', 'feeds create --schedule Primary', 'feeds revoke cal_4k2m'))
    .action(() => show(session, feeds(connect(global(), io), io)));
  group
    .command('create')
    .description('make a secret address; it is shown this once')
    .option('--person <name>', 'the shifts of a person, by name, address or id; default: your own')
    .option('--schedule <name>', 'all shifts of a schedule')
    .option('--team <name>', 'the shifts of everybody in a team')
    .addHelpText('after', examples('feeds create', 'feeds create --schedule Primary'))
    .action((options) => show(session, createFeed(connect(global(), io), options)));
  group
    .command('revoke')
    .description('revoke addresses; programs that still read them find nothing')
    .argument('<ids...>', 'cal_…')
    .addHelpText('after', examples('feeds revoke cal_4k2m'))
    .action((ids) => show(session, revokeFeeds(connect(global(), io), ids)));
}
