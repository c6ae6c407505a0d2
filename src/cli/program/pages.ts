import { Option } from 'commander';
import { pageState } from '#respond/contract';
import { connect } from '../api.ts';
import { page } from '../command/page.ts';
import { acknowledge, escalate, pageList, showPage, withdraw } from '../command/page-acts.ts';
import { collect, examples, oneOf, type Session, show } from '../session.ts';

const WHICH = 'its id, the end of it, INC-n or alt_…; default: the only one that waits';

/** Pages: sent by hand, seen and answered. What happened to them is read with `pages`. */
export function addPageCommands(session: Session): void {
  const { program, io, global } = session;
  const group = program
    .command('page')
    .description('page people by hand, and answer pages; "page TITLE --to NAME" is short for "page send"')
    .usage('[command] [options]')
    .addHelpText(
      'after',
      examples('page "Look at the ledger" --to Ann', 'page list', 'page acknowledge INC-3', 'page send --help'),
    );
  group
    .command('send', { isDefault: true })
    .description(
      'page people, teams or whoever is on call, until one of them acknowledges (exit code 3 if nobody can be reached)',
    )
    .argument('[title]', 'what it is about, in one line')
    .option(
      '--to <name>',
      'a person, a team, a schedule (whoever is on call) or a channel, by name or id; schedule:NAME says which kind (repeatable)',
      collect,
      [],
    )
    .addOption(oneOf('--who <who>', 'of a schedule; default: current', ['current', 'next', 'everybody']))
    .option('--note <text>', 'what they should know')
    .option('--service <name>', 'what it is about, by name, slug or id')
    .option('--incident <reference>', 'INC-n')
    .option('--low', 'by their rules for low urgency')
    .addHelpText('after', examples('page send "Look at the ledger" --to Ann --to Primary --note "Balances drift."'))
    .action((title, options) => show(session, page(connect(global(), io), title, options)));
  group
    .command('list')
    .description('pages that are not over, the newest first')
    .addOption(oneOf('--state <state>', 'only those in this state', pageState.options))
    .option('--all', 'the newest in any state')
    .option('--incident <reference>', 'only of this incident and its alerts, INC-n')
    .addOption(new Option('--alert <id>', 'only of this alert').conflicts('incident'))
    .option('--ids', 'only their ids, a line each')
    .addHelpText('after', examples('page list --state open', 'page list --incident INC-3 --all'))
    .action((options) => show(session, pageList(connect(global(), io), io, options)));
  group
    .command('show')
    .description('one page: how it stands, who is next, and every message that it sent')
    .argument('[page]', WHICH)
    .addHelpText('after', examples('page show INC-3'))
    .action((name) => show(session, showPage(connect(global(), io), io, name)));
  group
    .command('acknowledge')
    .alias('ack')
    .description('say that you are on it; paging stops and everybody paged is told')
    .argument('[page]', WHICH)
    .option('--take-command', 'and take command of the incident')
    .addHelpText('after', examples('page acknowledge', 'page acknowledge INC-3 --take-command'))
    .action((name, options) => show(session, acknowledge(connect(global(), io), name, options)));
  group
    .command('escalate')
    .description('begin the next step now')
    .argument('[page]', WHICH)
    .addHelpText('after', examples('page escalate INC-3'))
    .action((name) => show(session, escalate(connect(global(), io), name)));
  group
    .command('withdraw')
    .description('end a page that was sent by hand; whoever was paged is told')
    .argument('[page]', WHICH)
    .addHelpText('after', examples('page withdraw pag_4k2m'))
    .action((name) => show(session, withdraw(connect(global(), io), name)));
}
