import { expect, it } from 'vitest';
import { asStartupError, explainFailure, startupError } from './failure.ts';

const place = { dataDir: '/srv/data', log: '/srv/data/postgres.log' };

it.each([
  [
    'initdb: error: could not write to file "x": No space left on device',
    'The disk that holds /srv/data is full. Free at least 200 MB',
  ],
  [
    'FATAL:  could not open file "x": Permission denied',
    'The data directory /srv/data cannot be written by this user.',
  ],
  ["sh: 1: cd: can't cd to /srv/data", 'The data directory /srv/data cannot be written by this user.'],
  ['FATAL:  could not map anonymous shared memory: Cannot allocate memory', 'too little memory'],
])('names the fault in %j', (printed, sentence) => {
  expect(explainFailure('starting', printed, place).message).toContain(sentence);
});

it('passes on the line that says most, and where the rest is', () => {
  const printed = 'LOG:  starting\nFATAL:  the moon is wrong\nHINT:  wait\n';
  expect(explainFailure('starting', printed, place).message).toBe(
    'PostgreSQL failed while starting: FATAL:  the moon is wrong. More is in /srv/data/postgres.log.',
  );
});

it('leaves sentences alone and explains errors of the system', () => {
  const sentence = startupError('As it is.');
  expect(asStartupError(sentence, place)).toBe(sentence);
  const full = Object.assign(new Error('write'), { code: 'ENOSPC' });
  expect(asStartupError(full, place).message).toContain('is full');
});
