import { AppError } from '#kernel/errors.ts';
import { loadConfig } from '#platform/config.ts';
import { createLogger } from '#platform/log.ts';
import { buildDashboard } from './build-dashboard.ts';
import { startServer } from './main.ts';
import { VERSION } from './version.ts';

const SAME_WISH_MS = 1_000;

/** `npm start` and `allclear server`: says each step in a line, then what to do next; ends cleanly on SIGINT and SIGTERM. */
export async function start(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const quiet = process.stdout.isTTY ? { ALLCLEAR_LOG_LEVEL: 'warn' } : {};
  const config = loadConfig({ ...quiet, ...env });
  say(`\nAllclear ${VERSION}`);
  const dashboardDir = config.roles.has('web') ? await buildDashboard(say) : undefined;
  const server = await startServer({
    config,
    log: createLogger(config.logLevel),
    say,
    ...(dashboardDir ? { dashboardDir } : {}),
  });
  say(`ready on ${server.url}`);
  say(
    config.owner
      ? `Sign in as ${config.owner.email}.`
      : 'Open it in a browser: the first visit asks for your name, and then for one URL to watch.',
  );
  if (server.setupCode !== null) say(`setup code ${server.setupCode}   (the first visit asks for it)`);
  say('Stop with Ctrl C. Nothing that was acknowledged is lost.\n');

  let stoppingSince = 0;
  const end = (signal: NodeJS.Signals) => {
    // Ctrl C reaches the whole group, and npm passes it on: the same wish twice is no second one.
    if (stoppingSince > 0) return performance.now() - stoppingSince < SAME_WISH_MS ? undefined : process.exit(1);
    stoppingSince = performance.now();
    say(`${signal}: stopping (again to stop at once)`);
    void server.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

/** Ends the process with a sentence for an expected failure, with a stack for a bug. */
export function fail(error: unknown): never {
  const text = error instanceof AppError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`\n${text}\n`);
  process.exit(1);
}

if (import.meta.main) await start().catch(fail);
