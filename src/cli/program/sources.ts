import type { Command } from 'commander';
import { alertSourceKind, signalSeverity, ticketRule } from '#detect/contract';
import { connect } from '../api.ts';
import { applySources, exportSources } from '../command/source-files.ts';
import {
  confirmSubscription,
  sourceMailRule,
  sourceMapping,
  sourceTicketRule,
  trySource,
} from '../command/source-rules.ts';
import { sourceLimit } from '../command/source-limit.ts';
import { createSource, removeSource, revokeKey, sources } from '../command/sources.ts';
import { collect, examples, oneOf, type Session, show } from '../session.ts';

const WHICH = 'an alert source, by name or id';

/** Where signals come from. */
export function addSourceCommands(session: Session): void {
  const group = session.program
    .command('sources')
    .description('alert sources; "sources NAME" is short for "sources show NAME"')
    .usage('[command] [options]')
    .addHelpText(
      'after',
      examples(
        'sources',
        'sources Backups --payloads',
        'sources create Backups --kind pagerduty',
        'sources show --help',
      ),
    );
  addSources(session, group);
  addRules(session, group);
  addFiles(session, group);
}

function addSources(session: Session, group: Command): void {
  const { io, global } = session;
  group
    .command('show', { isDefault: true })
    .description('all of them; with a name, its key, and what it was sent lately with what became of each')
    .argument('[name]', WHICH)
    .option('--payloads', 'each message as it came')
    .option('--snippets', 'what to write down at its sender')
    .option('--rotate', 'give it a new key')
    .option('--grace <length>', 'how long the key before works on, such as 24h; 0 revokes it at once', '24h')
    .addHelpText('after', examples('sources show Backups --snippets', 'sources Backups --rotate --grace 7d'))
    .action((name, options) => show(session, sources(connect(global(), io), io, name, options)));
  group
    .command('create')
    .description('make an address where a tool can send signals, and say what to write down there')
    .argument('<name>', 'what it is called here')
    .addOption(
      oneOf('--kind <kind>', 'how it is spoken to', alertSourceKind.exclude(['form']).options).default('generic'),
    )
    .option('--service <name>', 'what its alerts are about, by name, slug or id')
    .option('--shadow', 'it pages nobody until it goes live')
    .option('--limit <count>', 'how many signals a minute it may send; default: as many as it likes')
    .addHelpText('after', examples('sources create Backups --kind alertmanager --service shop --shadow'))
    .action((name, options) => show(session, createSource(connect(global(), io), io, name, options)));
  group
    .command('limit')
    .description('how many signals a minute it may send, and what was turned away; with a number, set it')
    .argument('<name>', WHICH)
    .argument('[count]', 'signals a minute; none lifts the limit')
    .addHelpText('after', examples('sources limit Backups', 'sources limit Backups 600', 'sources limit Backups none'))
    .action((name, count) => show(session, sourceLimit(connect(global(), io), io, name, count)));
  group
    .command('revoke')
    .description('revoke the key before the present one ahead of its time')
    .argument('<name>', WHICH)
    .addHelpText('after', examples('sources revoke Backups'))
    .action((name) => show(session, revokeKey(connect(global(), io), name)));
  group
    .command('remove')
    .description('remove it; its key stops working, its alerts stay')
    .argument('<name>', WHICH)
    .addHelpText('after', examples('sources remove Backups'))
    .action((name) => show(session, removeSource(connect(global(), io), name)));
}

function addRules(session: Session, group: Command): void {
  const { io, global } = session;
  group
    .command('mapping')
    .description('how a generic source understands what it is sent; with a file or a preset, save it')
    .argument('[name]', WHICH)
    .argument('[file]', 'a mapping in YAML or JSON, as this command prints it; - reads standard input')
    .option('--preset <id>', 'a mapping that comes with Allclear')
    .option('--payload <file>', 'what the sender sends, on which it is tried first; default: what it was last tried on')
    .option('--none', 'it takes our own JSON again')
    .option('--presets', 'list the presets')
    .addHelpText(
      'after',
      examples(
        'sources mapping Builds --preset github',
        'sources mapping Builds > mapping.yaml',
        'sources mapping Builds mapping.yaml --payload run.json',
      ),
    )
    .action((name, file, options) => show(session, sourceMapping(connect(global(), io), io, name, file, options)));
  group
    .command('try')
    .description('say what a mapping makes of a payload, field by field; stores nothing (exit code 3 if it is refused)')
    .argument('<name>', WHICH)
    .argument('[payload]', 'a file; default: standard input')
    .option('--mapping <file>', 'by this mapping instead of the one in use')
    .option('--preset <id>', 'by a mapping that comes with Allclear')
    .addHelpText('after', examples('sources try Builds run.json --mapping mapping.yaml'))
    .action((name, file, options) => show(session, trySource(connect(global(), io), io, name, file, options)));
  group
    .command('confirm')
    .description('confirm the subscription that Amazon SNS asked for, by opening its address')
    .argument('<name>', WHICH)
    .addHelpText('after', examples('sources confirm CloudWatch'))
    .action((name) => show(session, confirmSubscription(connect(global(), io), name)));
  group
    .command('mail-rule')
    .description('which words in the subject of a mail mean what; with options, set them')
    .argument('<name>', WHICH)
    .option('--resolved <word>', 'it is over (repeatable; in the place of all before)', collect, [])
    .option('--ignored <word>', 'it means nothing (repeatable; in the place of all before)', collect, [])
    .addOption(oneOf('--severity <level>', 'when the subject says no other', signalSeverity.options))
    .addHelpText('after', examples('sources mail-rule Nagios --resolved RECOVERY --resolved OK --severity warning'))
    .action((name, options) => show(session, sourceMailRule(connect(global(), io), io, name, options)));
  group
    .command('ticket-rule')
    .description('when tickets of a help desk are one alert, and how bad they are; with options, set it')
    .argument('<name>', WHICH)
    .addOption(oneOf('--same-by <what>', 'one alert for the same of these', ticketRule.shape.sameBy.options))
    .addOption(oneOf('--severity <level>', 'how bad a ticket is', signalSeverity.options))
    .addHelpText('after', examples('sources ticket-rule Support --same-by component --severity error'))
    .action((name, options) => show(session, sourceTicketRule(connect(global(), io), io, name, options)));
}

function addFiles(session: Session, group: Command): void {
  const { io, global } = session;
  group
    .command('export')
    .description('print sources as YAML (or JSON with --json), with mappings and rules and without their keys')
    .argument('[name]', 'only this one')
    .addHelpText('after', examples('sources export > sources.yaml'))
    .action((name) => show(session, exportSources(connect(global(), io), name)));
  group
    .command('apply')
    .description('make sources what a file says, each by its name')
    .argument('<file>', 'YAML or JSON as exported; - reads standard input')
    .option('--dry-run', 'say what would change, and change nothing (exit code 3 if anything would)')
    .option('--prune', 'remove those that the file does not name')
    .addHelpText('after', examples('sources apply sources.yaml --dry-run', 'sources apply sources.yaml'))
    .action((file, options) => show(session, applySources(connect(global(), io), io, file, options)));
}
