import { expect, it } from 'vitest';
import { parsePostmasterFile } from './postmaster-file.ts';

const lines = (status: string) => `4711\n/srv/data/postgres\n1795437334\n5432\n/tmp/s\n\n  1835  42\n${status}\n`;

it('reads who runs, where the socket is and whether it is ready', () => {
  expect(parsePostmasterFile(lines('ready   '))).toEqual({ pid: 4711, socketDir: '/tmp/s', isReady: true });
  expect(parsePostmasterFile(lines('starting'))).toEqual({ pid: 4711, socketDir: '/tmp/s', isReady: false });
});

it.each(['', '4711\n/srv/data/postgres\n', 'x\n\n\n5432\n/tmp/s\n', '-1\n\n\n5432\n/tmp/s\n'])(
  'makes nothing of %j',
  (text) => {
    expect(parsePostmasterFile(text)).toBeNull();
  },
);
