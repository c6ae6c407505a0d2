import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '#client';
import { createMonitorTarget, type MonitorTarget } from '#test/harness/monitor-target.ts';
import { freePort, spawnServer } from '#test/harness/server-process.ts';
import { createSmtpSink, type SmtpSink } from '#test/harness/smtp.ts';

export type House = {
  readonly url: string;
  readonly dataDir: string;
  readonly mail: SmtpSink;
  readonly target: MonitorTarget;
  /** What the server logged as an error so far. */
  readonly complaints: () => string[];
  readonly close: () => Promise<void>;
};

export type OwnedHouse = House & { readonly client: Client };

export const OWNER = { email: 'ada@example.com', password: 'correct horse battery' };
const API_KEY = 'e2e_key_of_the_owner_0123456789abcdef';

/** A whole product as a newcomer has it: a server on a data directory and a port of its own, a mail server, a target. */
export async function openHouse(dashboardDir: string): Promise<House> {
  return open(dashboardDir, () => ({}));
}

/** The same with an owner, an API key and the mail server from the environment. */
export async function openOwnedHouse(dashboardDir: string): Promise<OwnedHouse> {
  const house = await open(dashboardDir, (mail) => ({
    ALLCLEAR_OWNER_EMAIL: OWNER.email,
    ALLCLEAR_OWNER_PASSWORD: OWNER.password,
    ALLCLEAR_OWNER_API_KEY: API_KEY,
    ALLCLEAR_SMTP_URL: mail.url,
    ALLCLEAR_MAIL_FROM: 'Acme alerts <alerts@example.com>',
    ALLCLEAR_ALLOWED_TARGETS: '127.0.0.0/8',
    ALLCLEAR_MAIL_IN_PORT: '0',
    ALLCLEAR_MAIL_IN_DOMAIN: 'alerts.acme.example',
  }));
  return { ...house, client: createClient({ baseUrl: house.url, apiKey: API_KEY }) };
}

async function open(dashboardDir: string, envWith: (mail: SmtpSink) => Record<string, string>): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), 'allclear-e2e-'));
  const [mail, target, port] = await Promise.all([createSmtpSink(), createMonitorTarget(), freePort()]);
  const server = await spawnServer({
    ALLCLEAR_DATA_DIR: dataDir,
    ALLCLEAR_PORT: String(port),
    ALLCLEAR_TEST_DASHBOARD: dashboardDir,
    ...envWith(mail),
  });
  return {
    url: server.url,
    dataDir,
    mail,
    target,
    complaints: () => server.lines.filter((line) => line.startsWith('{')),
    async close() {
      await server.kill('SIGTERM');
      await Promise.all([mail.close(), target.close()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
