import { chatKind, mailSecurity, phoneProvider } from '#delivery/contract';
import { Argument, Option } from 'commander';
import { connect } from '../api.ts';
import { changes, storms } from '../command/changes.ts';
import { chatSettings, phoneSettings, reportForm } from '../command/connect.ts';
import { alertSettings, mailSettings, settings, TESTABLE, testSetting } from '../command/settings.ts';
import { collect, examples, oneOf, type Session, show } from '../session.ts';
import { TIME_HELP } from '../time.ts';

/** How a workspace is set up, and what goes on around its alerts. */
export function addSettingCommands(session: Session): void {
  const { program, io, global } = session;
  program
    .command('changes')
    .description('what other tools say that they changed: deployments, migrations, flags')
    .option('--source <name>', 'only of this alert source, by name or id')
    .option('--service <name>', 'only of this service, by name, slug or id')
    .option('--since <time>', `only what was received since then, ${TIME_HELP}`)
    .addHelpText('after', examples('changes --service shop --since "1h ago"'))
    .action((options) => show(session, changes(connect(global(), io), io, options)));
  program
    .command('storms')
    .description('storms that go on: alerts that are too many to read and ask as one (exit code 3 if there is one)')
    .addHelpText('after', examples('storms'))
    .action(() => show(session, storms(connect(global(), io), io)));
  const group = program
    .command('settings')
    .description('how alerts are treated and how messages leave (exit code 3 if something does not work)')
    .addHelpText('after', examples('settings', 'settings alerts --auto-close 2d --storm 50', 'settings test mail'))
    .action(() => show(session, settings(connect(global(), io), io)));
  group
    .command('alerts')
    .description('when quiet alerts close, and when many come as one; with options, set')
    .option('--auto-close <length>', 'alerts whose sender says nothing for so long are closed, such as 2d, or never')
    .option('--storm <number>', 'over so many new alerts a minute they ask as one, or never')
    .option('--same-address <duration>', 'monitors of one address that fail within so long ask as one, or never')
    .option('--pages-per-person <number>', 'over so many pages in ten minutes they come as one message, or never')
    .addHelpText('after', examples('settings alerts --auto-close 2d --storm 50 --pages-per-person never'))
    .action((options) => show(session, alertSettings(connect(global(), io), options)));
  group
    .command('mail')
    .description(
      'how mail leaves (exit code 3 if it does not); with options, set. ALLCLEAR_MAIL_PASSWORD holds the password',
    )
    .option('--host <host>', 'the mail server')
    .option('--port <number>', 'its port; default: 587')
    .addOption(oneOf('--security <how>', 'default: starttls', mailSecurity.options))
    .option('--username <name>', 'as whom to sign in there')
    .option('--from <sender>', 'such as "Acme alerts <ops@example.com>"')
    .addOption(
      new Option('--remove', 'forget what was set; the environment of the server counts again').conflicts([
        'host',
        'port',
        'security',
        'username',
        'from',
      ]),
    )
    .addHelpText('after', examples('settings mail', 'settings mail --host mail.example.com --from ops@example.com'))
    .action((options) => show(session, mailSettings(connect(global(), io), io, options)));
  group
    .command('phone')
    .description(
      'a provider of SMS and calls (exit code 3 if it does not work); with options, connected. ALLCLEAR_TWILIO_AUTH_TOKEN holds the token of Twilio, ALLCLEAR_VONAGE_PRIVATE_KEY and ALLCLEAR_VONAGE_SIGNATURE_SECRET those of Vonage',
    )
    .addArgument(new Argument('<provider>', 'which').choices(phoneProvider.options))
    .option('--account <id>', 'the account SID of Twilio, or the application id of Vonage')
    .option('--sms <number>', 'SMS go out by this number, or none (repeatable)', collect, [])
    .option('--voice <number>', 'calls go out by this number, or none (repeatable)', collect, [])
    .option('--first', 'it is tried before the other one')
    .addOption(new Option('--remove', 'disconnect it').conflicts(['account', 'first']))
    .addHelpText(
      'after',
      examples(
        'settings phone twilio',
        'settings phone twilio --account AC0123456789abcdef0123456789abcdef --sms "+44 7700 900123"',
        'settings phone vonage --first',
      ),
    )
    .action((provider, options) => show(session, phoneSettings(connect(global(), io), io, provider, options)));
  group
    .command('chat')
    .description(
      'a chat or an app (exit code 3 if it does not work); connected with --connect. ALLCLEAR_CHAT_TOKEN holds the token of its bot or app, ALLCLEAR_CHAT_SECRET the signing secret of Slack',
    )
    .addArgument(new Argument('<kind>', 'which').choices(chatKind.options))
    .option('--connect', 'connect it; its token is tried first')
    .option('--url <url>', 'the address of your Mattermost')
    .option('--public-key <key>', 'the public key of the application in Discord')
    .addOption(new Option('--remove', 'disconnect it').conflicts('connect'))
    .addHelpText(
      'after',
      examples(
        'settings chat slack',
        'settings chat slack --connect',
        'settings chat mattermost --connect --url https://chat.example.com',
      ),
    )
    .action((kind, options) => show(session, chatSettings(connect(global(), io), io, kind, options)));
  group
    .command('report-form')
    .description('whether visitors of a status page may report problems; with on or off, switched')
    .addArgument(new Argument('[state]', 'from now on').choices(['on', 'off']))
    .option('--page <name>', 'by name, slug or id; needed when there are several')
    .addHelpText('after', examples('settings report-form', 'settings report-form on'))
    .action((state, options) => show(session, reportForm(connect(global(), io), state, options)));
  group
    .command('test')
    .description('try now whether messages leave')
    .addArgument(new Argument('<what>', 'mail, a provider of SMS and calls, or a chat').choices(TESTABLE))
    .option(
      '--to <address>',
      'a mail there, or an SMS to this number; default: a mail to yourself, or the account only',
    )
    .option('--call', 'a call instead of an SMS')
    .addHelpText('after', examples('settings test mail', 'settings test twilio --to "+44 7700 900123" --call'))
    .action((what, options) => show(session, testSetting(connect(global(), io), what, options)));
}
