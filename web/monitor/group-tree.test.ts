import { expect, it } from 'vitest';
import { type GroupNode, groupTree } from './group-tree.ts';

const listed = (group: string | null, monitors: number, state: 'up' | 'down' | 'paused' = 'up') => ({
  group,
  monitors,
  state,
});

it('puts groups into groups, with the sum and the worst of what is inside', () => {
  const tree = groupTree([
    listed(null, 4, 'down'),
    listed('Europe', 1),
    listed('Europe/Shop', 2),
    listed('Europe/Shop/Cart', 3, 'down'),
    listed('Asia/Shop', 5, 'paused'),
    listed('Europe West', 1),
  ]);
  const shape = (nodes: readonly GroupNode[]): unknown[] =>
    nodes.map(({ path, monitors, state, holdsMonitors, groups }) => [
      path,
      monitors,
      state,
      holdsMonitors,
      shape(groups),
    ]);
  expect(shape(tree)).toEqual([
    ['Europe', 6, 'down', true, [['Europe/Shop', 5, 'down', true, [['Europe/Shop/Cart', 3, 'down', true, []]]]]],
    ['Europe West', 1, 'up', true, []],
    ['Asia', 5, 'paused', false, [['Asia/Shop', 5, 'paused', true, []]]],
  ]);
});

it('is empty without groups', () => {
  expect(groupTree([listed(null, 3)])).toEqual([]);
});
