import { connect } from '../api.ts';
import { applyFiles, exportFile, planFiles } from '../command/config.ts';
import { examples, type Session, show } from '../session.ts';

const FILES = 'files, or folders with .yaml, .yml and .json files; - reads standard input';

/** Services, monitors, SLOs and maintenance kept in files. */
export function addConfigCommands(session: Session): void {
  const { program, io, global } = session;
  program
    .command('plan')
    .description('what files of services, monitors, SLOs and maintenance would change (exit code 3 if anything)')
    .argument('<paths...>', FILES)
    .addHelpText('after', examples('plan monitoring.yaml', 'plan monitoring/'))
    .action((paths) => show(session, planFiles(connect(global(), io), io, paths)));
  program
    .command('apply')
    .description('make of it what the files say, all of it or nothing')
    .argument('<paths...>', FILES)
    .option('--yes', 'remove what is no longer in the files without being asked')
    .addHelpText('after', examples('apply monitoring/', 'apply monitoring/ --yes'))
    .action((paths, options: { yes?: boolean }) =>
      show(session, applyFiles(connect(global(), io), io, paths, { ...options, json: global().json === true })),
    );
  program
    .command('export')
    .description('services, monitors, SLOs and maintenance as a file that plans as no change')
    .option('--set <name>', 'of this set of files, and what none manages; default: default')
    .addHelpText('after', examples('export > monitoring.yaml'))
    .action((options) => show(session, exportFile(connect(global(), io), options)));
}
