import { drillEvery } from '#respond/contract';
import { connect } from '../api.ts';
import { drill } from '../command/drill.ts';
import { drillPlan, drills, endDrill, showDrill } from '../command/drills.ts';
import { collect, examples, oneOf, type Session, show } from '../session.ts';

const WHICH = 'its id, or the end of it; default: the newest';

/** Paging drills: started, planned, and what came of them. */
export function addDrillCommands(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('drill')
    .description(
      'paging drills; "drill --me" is short for "drill start --me", "drill" alone tells everybody’s last one',
    )
    .usage('[command] [options]')
    .addHelpText(
      'after',
      examples('drill --me', 'drill list', 'drill plan --every month --on tue --at 10:30', 'drill start --help'),
    );
  group
    .command('start', { isDefault: true })
    .description(
      'ring people for a drill; without anybody, the last drill of everybody (exit code 3 if one was missed)',
    )
    .option('--me', 'yourself')
    .option('--to <name>', 'a person, by name, address or id (repeatable)', collect, [])
    .option('--schedule <name>', 'who is on call by this schedule now')
    .option('--policy <name>', 'everybody whom this escalation policy would ask now')
    .option('--on-call', 'everybody who is on call now')
    .addHelpText('after', examples('drill start --me', 'drill --to Ann --to Bob', 'drill --on-call'))
    .action((options) => show(session, drill(connect(global(), io), io, options)));
  group
    .command('list')
    .description('drills, the newest first, and how many answered')
    .addHelpText('after', examples('drill list'))
    .action(() => show(session, drills(connect(global(), io), io)));
  group
    .command('show')
    .description('one drill, person by person (exit code 3 if somebody missed theirs)')
    .argument('[drill]', WHICH)
    .addHelpText('after', examples('drill show'))
    .action((name) => show(session, showDrill(connect(global(), io), name)));
  group
    .command('end')
    .description('end a drill before its time')
    .argument('[drill]', WHICH)
    .addHelpText('after', examples('drill end'))
    .action((name) => show(session, endDrill(connect(global(), io), name)));
  group
    .command('plan')
    .description('when everybody on call is drilled by itself; with options, set it')
    .addOption(oneOf('--every <span>', 'how often', drillEvery.options).conflicts('never'))
    .option('--on <day>', 'on which day, such as tue; of a month the first one in it')
    .option('--at <time>', 'at which time, such as 10:30')
    .option('--never', 'not any more')
    .addHelpText('after', examples('drill plan', 'drill plan --every week --on tue --at 10:30'))
    .action((options) => show(session, drillPlan(connect(global(), io), io, options)));
}
