import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './server-process.ts';
import { waitFor } from './wait-for.ts';

const BINARY = '/usr/bin/prometheus';

type Sample = { readonly metric: Readonly<Record<string, string>>; readonly value: number };
type Target = { readonly health: string; readonly lastError: string };

export type Prometheus = {
  readonly url: string;
  /** What a PromQL query answers now. */
  readonly query: (promql: string) => Promise<Sample[]>;
  /** What it says of a family: `{ type, help }`. */
  readonly metadata: (name: string) => Promise<{ readonly type: string; readonly help: string } | undefined>;
  readonly target: () => Promise<Target | undefined>;
  readonly end: () => Promise<void>;
};

/** Debian's Prometheus, which scrapes one server every second with an API key. */
export async function startPrometheus(url: string, apiKey: string): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'allclear-prometheus-'));
  const own = `http://127.0.0.1:${await freePort()}`;
  writeFileSync(join(folder, 'key'), apiKey);
  writeFileSync(
    join(folder, 'config.yml'),
    `scrape_configs:
  - job_name: allclear
    scrape_interval: 1s
    authorization: { credentials_file: ${folder}/key }
    static_configs: [{ targets: ['${new URL(url).host}'] }]
`,
  );
  const child = spawn(
    BINARY,
    [
      `--config.file=${folder}/config.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=${new URL(own).host}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const ask = async <Answer>(path: string): Promise<Answer> => {
    const response = await fetch(`${own}/api/v1${path}`);
    const body = (await response.json()) as { data: Answer };
    if (!response.ok) throw new Error(`prometheus answered ${response.status}: ${JSON.stringify(body)}`);
    return body.data;
  };
  await waitFor(
    'prometheus to be ready',
    () =>
      fetch(`${own}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    20_000,
  );
  return {
    url: own,
    async query(promql) {
      type Vector = { result: { metric: Record<string, string>; value: [number, string] }[] };
      const { result } = await ask<Vector>(`/query?query=${encodeURIComponent(promql)}`);
      return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
    },
    async metadata(name) {
      const all = await ask<Record<string, { type: string; help: string }[]>>(`/metadata?metric=${name}`);
      return all[name]?.[0];
    },
    async target() {
      const { activeTargets } = await ask<{ activeTargets: Target[] }>('/targets');
      return activeTargets[0];
    },
    end: () => stop(child, folder),
  };
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
}
