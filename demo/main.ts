import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildDashboard } from '#app/build-dashboard.ts';
import { startServer } from '#app/main.ts';
import { fail } from '#app/start.ts';
import { createClient } from '#client';
import { loadConfig } from '#platform/config.ts';
import { createLogger } from '#platform/log.ts';
import { newSecret } from '#platform/ids.ts';
import { openMailbox } from './mailbox.ts';
import { openShop } from './shop.ts';
import { playStory } from './story.ts';
import { createTeller } from './teller.ts';

const OWNER = { email: 'demo@example.com', password: 'demo-demo-demo' };

/** `npm run demo`: one outage through all seven links on an instance of its own, which stays open afterwards. */
async function main() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4343' },
      'data-dir': { type: 'string', default: './demo-data' },
      exit: { type: 'boolean', default: false },
      /** Skip the dashboard: only the story. */
      bare: { type: 'boolean', default: false },
    },
  });
  const tell = createTeller();
  await rm(values['data-dir'], { recursive: true, force: true });
  const [shop, mailbox] = await Promise.all([openShop(), openMailbox()]);
  const apiKey = newSecret('demo');
  const config = loadConfig({
    ALLCLEAR_PORT: values.port,
    ALLCLEAR_DATA_DIR: values['data-dir'],
    ALLCLEAR_OWNER_EMAIL: OWNER.email,
    ALLCLEAR_OWNER_PASSWORD: OWNER.password,
    ALLCLEAR_OWNER_API_KEY: apiKey,
    ALLCLEAR_SMTP_URL: mailbox.smtpUrl,
    ALLCLEAR_MAIL_FROM: 'Allclear <allclear@example.com>',
    ALLCLEAR_ALLOWED_TARGETS: '127.0.0.0/8',
    ALLCLEAR_LOG_LEVEL: 'error',
  });
  tell.plain('\nOne outage, from the first failing check to the last finished action item.\n');
  const dashboard = values.bare ? {} : { dashboardDir: await buildDashboard(tell.plain) };
  const server = await startServer({ config, log: createLogger(config.logLevel), say: tell.plain, ...dashboard });
  const close = async () => {
    await server.stop();
    await Promise.all([shop.close(), mailbox.close()]);
  };
  try {
    const baseUrl = config.publicUrl;
    await playStory({ client: createClient({ baseUrl, apiKey }), baseUrl, shop, mailbox, tell });
    tell.plain(`\nAll seven links held. The instance stays open: ${baseUrl}`);
    tell.plain(`Sign in as ${OWNER.email} with the password ${OWNER.password}. Stop with Ctrl C.`);
  } catch (error) {
    tell.plain(`\nA link of the pipeline failed: ${error instanceof Error ? error.message : String(error)}`);
    await close();
    process.exit(1);
  }
  if (values.exit) {
    await close();
    process.exit(0);
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void close().then(() => process.exit(0)));
}

await main().catch(fail);
