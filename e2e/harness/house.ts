import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMonitorTarget, type MonitorTarget } from '#test/harness/monitor-target.ts';
import { freePort, spawnServer } from '#test/harness/server-process.ts';
import { createSmtpSink, type SmtpSink } from '#test/harness/smtp.ts';

export type House = {
  readonly url: string;
  readonly mail: SmtpSink;
  readonly target: MonitorTarget;
  readonly close: () => Promise<void>;
};

/** A whole product as a newcomer has it: a server on a data directory and a port of its own, a mail server, a target. */
export async function openHouse(dashboardDir: string, env: Record<string, string> = {}): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), 'allclear-e2e-'));
  const [mail, target, port] = await Promise.all([createSmtpSink(), createMonitorTarget(), freePort()]);
  const server = await spawnServer({
    ALLCLEAR_DATA_DIR: dataDir,
    ALLCLEAR_PORT: String(port),
    ALLCLEAR_TEST_DASHBOARD: dashboardDir,
    ...env,
  });
  return {
    url: server.url,
    mail,
    target,
    async close() {
      await server.kill('SIGTERM');
      await Promise.all([mail.close(), target.close()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
