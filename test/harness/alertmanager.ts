import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './server-process.ts';
import { waitFor } from './wait-for.ts';

const BINARY = '/usr/bin/prometheus-alertmanager';
const AMTOOL = '/usr/bin/amtool';

export type Alertmanager = {
  /** What Prometheus would send it: alerts by their labels, firing until `resolve` names them. */
  readonly fire: (labels: Readonly<Record<string, string>>, summary?: string) => void;
  readonly resolve: (labels: Readonly<Record<string, string>>) => Promise<void>;
  /** Requests to its receiver that failed so far; it sends each of them again. */
  readonly failures: () => Promise<number>;
  readonly end: () => Promise<void>;
};

/** Debian's Alertmanager with one receiver (its YAML), which hears of a group at once and of changes every second. */
export async function startAlertmanager(receiver: string): Promise<Alertmanager> {
  const folder = mkdtempSync(join(tmpdir(), 'allclear-alertmanager-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const indented = receiver.replaceAll(/^(?=.)/gm, '    ');
  const route =
    'route: { receiver: allclear, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 2m }';
  writeFileSync(join(folder, 'config.yml'), `${route}\nreceivers:\n  - name: allclear\n${indented}`);
  const child = spawn(
    BINARY,
    [
      `--config.file=${folder}/config.yml`,
      `--storage.path=${folder}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  await waitFor('alertmanager to be ready', () => isReady(url), 20_000);
  return {
    fire(labels, summary) {
      const pairs = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
      const annotation = summary === undefined ? [] : [`--annotation=summary=${summary}`];
      execFileSync(AMTOOL, ['alert', 'add', `--alertmanager.url=${url}`, ...annotation, ...pairs], { stdio: 'pipe' });
    },
    async resolve(labels) {
      const endsAt = new Date().toISOString();
      const response = await fetch(`${url}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([{ labels, endsAt }]),
      });
      if (!response.ok) throw new Error(`alertmanager answered ${response.status}: ${await response.text()}`);
    },
    async failures() {
      const text = await (await fetch(`${url}/metrics`)).text();
      const counts = text.matchAll(/^alertmanager_notification_requests_failed_total\{[^}]*\} (\d+)$/gm);
      return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
    },
    end: () => stop(child, folder),
  };
}

async function isReady(url: string): Promise<boolean> {
  return await fetch(`${url}/-/ready`).then(
    (response) => response.ok,
    () => false,
  );
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}
