import { expect, it } from 'vitest';
import { belongsToServer, processFacts } from './processes.ts';

it('knows a living process by its start, and no dead one', () => {
  expect(processFacts(process.pid)?.startedAt).toBeTruthy();
  expect(processFacts(process.pid)).toEqual(processFacts(process.pid));
  expect(processFacts(2 ** 22 + 1)).toBeNull();
});

it.each([
  ['/x/bin/postgres -D /d -c cluster_name=allclear-1 -c a=b', 'postgres', true],
  ['postgres: allclear-1: checkpointer', 'postgres', true],
  ['postgres: allclear-2: checkpointer', 'postgres', false],
  ['vi cluster_name=allclear-1', 'vi', false],
])('tells whose process %j is', (commandLine, name, belongs) => {
  expect(belongsToServer({ name, startedAt: '1', commandLine }, 'allclear-1')).toBe(belongs);
});
