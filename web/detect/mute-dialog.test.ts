import { expect, it } from 'vitest';
import { matchOf } from './mute-dialog.tsx';

it('takes an alert by its labels, else by its title', () => {
  expect(matchOf({ title: 'Disk', labels: { team: 'db' } })).toEqual([
    { field: 'label', name: 'team', op: 'is', values: ['db'] },
  ]);
  expect(matchOf({ title: 'Disk', labels: {} })).toEqual([{ field: 'title', op: 'is', values: ['Disk'] }]);
});
