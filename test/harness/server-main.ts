import { flushCompileCache } from 'node:module';
import { startServer } from '#app/main.ts';
import { fail } from '#app/start.ts';
import { loadConfig } from '#platform/config.ts';
import { createLogger } from '#platform/log.ts';

/** The entry of `spawnServer`: a whole server; with the dashboard where ALLCLEAR_TEST_DASHBOARD names its built folder. */
async function main() {
  const config = loadConfig(process.env);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const dashboardDir = process.env['ALLCLEAR_TEST_DASHBOARD'];
  const server = await startServer({
    config,
    log: createLogger(config.logLevel),
    say,
    ...(dashboardDir ? { dashboardDir } : {}),
  });
  say(`ready on ${server.url}`);
  // A process that will be killed would never write it; without NODE_COMPILE_CACHE there is nothing to write.
  flushCompileCache();
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
}

await main().catch(fail);
