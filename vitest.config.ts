import { defineConfig } from 'vitest/config';

const databaseTests = ['src/**/*.db.test.ts', 'test/*.db.test.ts', 'test/scenario/**/*.test.ts'];
const globalSetup = ['test/harness/global-setup.ts'];

export default defineConfig({
  test: {
    // One file a core: what a test waits for is mostly the database, which has time for both.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'web/**/*.test.{ts,tsx}', 'test/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.db.test.ts', '**/*.peers.test.ts'],
          // Libraries are loaded once a worker and not once a file: half of the time.
          isolate: false,
          // Ends what hangs; a busy machine takes some seconds for a mail of the largest size.
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: databaseTests,
          globalSetup,
          setupFiles: ['test/harness/cheap-passwords.ts'],
          // The whole product is loaded once a worker and not once a file. A test has a system and a database of its own.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'peers',
          include: ['test/peers/**/*.test.ts', 'src/**/*.peers.test.ts'],
          globalSetup,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['e2e/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // One browser at a time: what the screens show is timed.
          fileParallelism: false,
        },
      },
    ],
  },
});
