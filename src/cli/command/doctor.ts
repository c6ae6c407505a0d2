import { readMailSettings } from '#delivery/contract';
import { listMonitors } from '#monitor/contract';
import { readOnCall } from '#respond/contract';
import { loadConfig } from '#platform/config.ts';
import { type Api, apiKeyOf, connect, type GlobalOptions, serverUrl } from '../api.ts';
import { checkDatabase } from '../doctor/database.ts';
import { fail, type Finding, ok, reason, skip, warn } from '../doctor/finding.ts';
import { checkDataDirectory, checkNode, checkPort } from '../doctor/machine.ts';
import { checkSmtpUrl } from '../doctor/mail.ts';
import { askServer, checkPublicUrl, checkSharedFate } from '../doctor/network.ts';
import { EXIT, type Io, type Outcome } from '../io.ts';
import { columns } from '../text.ts';

/** Looks at everything an installation stands on and says what to mend. Exit code 1 when something is broken, 3 when something may become so. */
export async function doctor(global: GlobalOptions, io: Io): Promise<Outcome> {
  const findings = await examine(global, io);
  const worst = findings.some((one) => one.state === 'fail')
    ? EXIT.failed
    : findings.some((one) => one.state === 'warn')
      ? EXIT.attention
      : EXIT.ok;
  const broken = findings.filter((one) => one.state === 'fail').length;
  const text = columns(findings.map((one) => [one.state, one.check, one.message]));
  const verdict =
    worst === EXIT.ok
      ? 'Nothing to mend.'
      : worst === EXIT.attention
        ? 'It works; mind the warnings.'
        : `${broken} to mend.`;
  return { text: `${text}\n\n${verdict}`, data: { findings }, exitCode: worst };
}

async function examine(global: GlobalOptions, io: Io): Promise<Finding[]> {
  const node = checkNode(process.version);
  let config;
  try {
    config = loadConfig(global.dataDir === undefined ? io.env : { ...io.env, ALLCLEAR_DATA_DIR: global.dataDir });
  } catch (error) {
    return [node, fail('environment', reason(error))];
  }
  const here = localUrl(config);
  const url = (global.url ?? io.env['ALLCLEAR_URL']) === undefined ? here : serverUrl(global, io);
  const server = await askServer(io, url);
  const api = server.answers && apiKeyOf(global, io) !== undefined ? connect({ ...global, url }, io) : null;
  const why = server.answers ? 'needs an API key (ALLCLEAR_API_KEY)' : 'needs a running server';
  return [
    node,
    ok('environment', 'valid'),
    await checkDataDirectory(config.dataDir),
    ...(await checkDatabase(config)),
    await checkPort(config, server.answers && new URL(url).port === new URL(here).port),
    ...server.findings,
    await checkPublicUrl(io, config.publicUrl, server.answers),
    ...(config.smtpUrl ? [await checkSmtpUrl(config.smtpUrl, config.mailFrom)] : []),
    ...(config.smtpSpareUrl
      ? [await checkSmtpUrl(config.smtpSpareUrl, config.mailFrom, 'ALLCLEAR_SMTP_SPARE_URL')]
      : []),
    ...(api
      ? await askApi(api, config)
      : [...(config.smtpUrl ? [] : [skip('mail', why)]), skip('paging', why), skip('shared fate', why)]),
  ];
}

/** Where a server with this configuration answers on this machine. */
function localUrl({ host, port }: { readonly host: string; readonly port: number }): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function askApi(
  api: Api,
  config: { readonly smtpUrl: string | undefined; readonly publicUrl: string },
): Promise<Finding[]> {
  const attempt = async (check: string, act: () => Promise<Finding>) =>
    act().catch((error: unknown) => skip(check, reason(error)));
  const mail = config.smtpUrl ? [] : [await attempt('mail', () => checkMailSettings(api))];
  return [
    ...mail,
    await attempt('paging', () => checkPaging(api)),
    await attempt('shared fate', async () => {
      const { items } = await api.call(listMonitors, { query: { limit: 200 } });
      return checkSharedFate(
        config.publicUrl,
        items.flatMap((one) => one.url ?? []),
      );
    }),
  ];
}

async function checkMailSettings(api: Api): Promise<Finding> {
  const settings = await api.call(readMailSettings, {});
  if (!settings.configured)
    return warn(
      'mail',
      `not configured; ${settings.heldCount} held in the outbox. Set ALLCLEAR_SMTP_URL, or Settings → Mail.`,
    );
  if (settings.lastFailure)
    return fail('mail', `${settings.host}:${settings.port} refused the newest mail: ${settings.lastFailure.why}`);
  return ok(
    'mail',
    `${settings.host}:${settings.port}${settings.lastSentAt ? `, last sent ${settings.lastSentAt}` : ', nothing sent yet'}`,
  );
}

async function checkPaging(api: Api): Promise<Finding> {
  const plan = await api.call(readOnCall, {});
  const reachable = plan.steps.flatMap((step) => step.people).filter((person) => person.unreachable === null);
  const names = [...new Set(reachable.map((person) => person.name))];
  if (names.length === 0) return fail('paging', `nobody can be paged. ${plan.findings.join(' ')}`.trim());
  const said = `${names.join(', ')} can be paged`;
  return plan.findings.length > 0 ? warn('paging', `${said}, but: ${plan.findings.join(' ')}`) : ok('paging', said);
}
