import { expect, it } from 'vitest';
import { matchOf } from './mute-dialog.tsx';

it('takes an alert by its labels, else by its title', () => {
  expect(matchOf({ title: 'Disk', labels: { team: 'db' } })).toEqual([
    { field: 'label', name: 'team', op: 'is', values: ['db'] },
  ]);
  expect(matchOf({ title: 'Disk', labels: { source: 'db1', free: '3 %' } })).toEqual([
    { field: 'title', op: 'is', values: ['Disk'] },
    { field: 'label', name: 'source', op: 'is', values: ['db1'] },
  ]);
  expect(matchOf({ title: 'Disk', labels: {} })).toEqual([{ field: 'title', op: 'is', values: ['Disk'] }]);
});
