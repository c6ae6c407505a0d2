import { monitorState, timeWindow } from '#monitor/contract';
import { connect } from '../api.ts';
import { addMonitor, archiveMonitors, checkMonitor, editMonitor, pauseMonitors } from '../command/monitor-acts.ts';
import { monitorAddress } from '../command/monitor-address.ts';
import { monitors } from '../command/monitors.ts';
import { showMonitor } from '../command/show-monitor.ts';
import { collect, examples, oneOf, type Session, show } from '../session.ts';
import { TIME_HELP } from '../time.ts';

const WHICH = 'by name, address or id';
const WHICH_ONES = `${WHICH}; - reads ids from standard input`;

/** Monitors: listed, looked at, asked now, paused, added, changed, archived. The rest about them is kept in files. */
export function addMonitorCommands(session: Session): void {
  const { program, io, global } = session;
  const group = program.command('monitors').description('see monitors, ask them now, pause, add and change them');
  group.addHelpText(
    'after',
    examples('monitors --state down', 'monitors show shop.example --window 7d', 'monitors add https://shop.example'),
  );
  group
    .command('list', { isDefault: true })
    .description('monitors, those that need attention first, with their latency and their uptime of 30 days')
    .addOption(oneOf('--state <state>', 'only those in this state', monitorState.options))
    .option('--service <name>', 'only of this service, by name, slug or id')
    .option('--tag <tag>', 'only those with this tag')
    .option('--group <path>', 'only in this group, or in one inside it: Europe/Shop')
    .option('--search <text>', 'only those whose name, address or tags hold this')
    .option('--ids', 'only their ids, a line each')
    .addHelpText('after', examples('monitors list --state down', 'monitors list --tag payments --ids'))
    .action((options) => show(session, monitors(connect(global(), io), io, options)));
  group
    .command('show')
    .description(
      'one monitor: its state, and uptime, response time and faults of a stretch of time (exit code 3 if it is down)',
    )
    .argument('<monitor>', WHICH)
    .addOption(oneOf('--window <window>', 'of the last so long; default: 24h', timeWindow.options))
    .option('--from <time>', `of a stretch of your own: ${TIME_HELP}`)
    .option('--to <time>', 'its end; default: now')
    .addHelpText(
      'after',
      examples('monitors show shop.example --window 30d', 'monitors show shop.example --from "2h ago"'),
    )
    .action((name, options) => show(session, showMonitor(connect(global(), io), io, name, options)));
  group
    .command('check')
    .description('check one now, and store the result (exit code 3 if it is not up)')
    .argument('<monitor>', WHICH)
    .addHelpText('after', examples('monitors check shop.example'))
    .action((name) => show(session, checkMonitor(connect(global(), io), name)));
  for (const [verb, description] of [
    ['pause', 'stop checking: what is paused asks nobody'],
    ['resume', 'check again'],
  ] as const)
    group
      .command(verb)
      .description(description)
      .argument('<monitors...>', WHICH_ONES)
      .addHelpText(
        'after',
        examples(`monitors ${verb} shop.example`, `monitors list --tag batch --ids | allclear monitors ${verb} -`),
      )
      .action((names) => show(session, pauseMonitors(connect(global(), io), io, names, verb === 'pause')));
  group
    .command('add')
    .description('watch an address; its scheme says how: https, tcp, ping, dns, postgres, redis, smtp …')
    .argument('<address>', 'such as https://shop.example or tcp://db.example:5432')
    .option('--name <name>', 'default: its host and path')
    .option('--service <name>', 'whom it pages, by name, slug or id; default: a service named after its host')
    .option('--every <duration>', 'default: 30s')
    .option('--timeout <duration>', 'when an answer comes too late')
    .option('--tag <tag>', 'repeatable', collect, [])
    .addHelpText('after', examples('monitors add https://shop.example --service shop --every 1m'))
    .action((address, options) => show(session, addMonitor(connect(global(), io), address, options)));
  group
    .command('edit')
    .description('change what is named, and nothing else')
    .argument('<monitor>', WHICH)
    .option('--name <name>', 'what it is called from now on')
    .option('--address <address>', 'what it asks from now on; of the same kind as before')
    .option('--service <name>', 'whom it pages, by name, slug or id')
    .option('--every <duration>', 'such as 30s or 5m')
    .option('--timeout <duration>', 'when an answer comes too late')
    .option('--tag <tag>', 'its tags from now on, in place of those it has; repeatable', collect, [])
    .addHelpText('after', examples('monitors edit shop.example --every 1m --timeout 5s'))
    .action((name, options) => show(session, editMonitor(connect(global(), io), name, options)));
  group
    .command('address')
    .description('where a heartbeat, or a value that is sent to us, reports')
    .argument('<monitor>', WHICH)
    .option('--rotate', 'give it a new address')
    .option('--grace <length>', 'how long the address before works on, such as 24h; 0 revokes it at once', '24h')
    .option('--revoke', 'revoke the address before the present one ahead of its time')
    .addHelpText(
      'after',
      examples('monitors address nightly-backup', 'monitors address nightly-backup --rotate --grace 7d'),
    )
    .action((name, options) => show(session, monitorAddress(connect(global(), io), io, name, options)));
  group
    .command('archive')
    .description('check no more, for good: their history stays')
    .argument('<monitors...>', WHICH_ONES)
    .addHelpText('after', examples('monitors archive old.example'))
    .action((names) => show(session, archiveMonitors(connect(global(), io), io, names)));
}
