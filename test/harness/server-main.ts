import { startServer } from '#app/main.ts';
import { fail } from '#app/start.ts';
import { loadConfig } from '#platform/config.ts';
import { createLogger } from '#platform/log.ts';

/** The entry of `spawnServer`: a whole server without the dashboard. */
async function main() {
  const config = loadConfig(process.env);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const server = await startServer({ config, log: createLogger(config.logLevel), say });
  say(`ready on ${server.url}`);
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
}

await main().catch(fail);
