import { expect, it } from 'vitest';
import { launchCommand, launchEnvironment, launchers } from './launcher.ts';

const root = { uid: 0, gid: 0 };
const ann = { uid: 1000, gid: 1001 };
const service = { uid: 101, gid: 104 };
const how = (...given: Parameters<typeof launchers>) =>
  launchers(...given).map((launcher) => [launcher.how, launcher.owner?.uid]);

it('runs PostgreSQL as is for an ordinary user', () => {
  expect(how(ann, null, ann, () => service)).toEqual([['as-is', undefined]]);
});

it('runs it under the service account for root, and looks for ways into folders that only root can enter', () => {
  expect(how(root, null, root, () => service)).toEqual([
    ['other-user', 101],
    ['other-user-enters-all', 101],
    ['user-namespace', 0],
  ]);
});

it('runs it for root under the owner of the data directory, or of the files that exist', () => {
  expect(how(root, null, ann, () => service)[0]).toEqual(['other-user', 1000]);
  expect(how(root, ann, root, () => service)).toEqual([
    ['other-user', 1000],
    ['other-user-enters-all', 1000],
  ]);
  expect(how(root, root, ann, () => service)).toEqual([['user-namespace', 0]]);
});

it('makes the commands', () => {
  expect(launchCommand({ how: 'as-is', owner: undefined }, 'initdb', ['-D'])).toEqual({ file: 'initdb', args: ['-D'] });
  expect(launchCommand({ how: 'other-user', owner: ann }, 'initdb', [])).toEqual({ file: 'initdb', args: [], ...ann });
  expect(launchCommand({ how: 'other-user-enters-all', owner: ann }, 'initdb', ['-D']).args.join(' ')).toBe(
    '--reuid=1000 --regid=1001 --clear-groups --securebits=+no_setuid_fixup --inh-caps=+dac_override --ambient-caps=+dac_override -- initdb -D',
  );
  expect(launchCommand({ how: 'user-namespace', owner: root }, 'initdb', ['-D']).file).toBe('unshare');
});

it('gives the programs an environment of their own', () => {
  const binaries = { initdb: '', postgres: '', major: 18, libraryPath: undefined };
  expect(Object.keys(launchEnvironment(binaries)).toSorted()).toEqual(['LC_ALL', 'PATH', 'TZ']);
  expect(Object.values(launchEnvironment({ ...binaries, libraryPath: '/l' }))).toContain('/l');
});
