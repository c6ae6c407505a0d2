import { describe, expect, it } from 'vitest';
import { endOfDueDay, refuseActionItem } from './action-item.ts';

const today = Temporal.PlainDate.from('2026-11-25');
const good = { title: 'Add a canary to deploys', doneWhen: 'a failing canary stops the deploy', dueOn: '2026-12-10' };
const paths = (draft: typeof good) => refuseActionItem(draft, today).map((error) => error.path);

describe('an action item', () => {
  it('that is specific, verifiable and dated is accepted', () => expect(paths(good)).toEqual([]));
  it('due today is accepted', () => expect(paths({ ...good, dueOn: '2026-11-25' })).toEqual([]));
  it.each(['Canary', 'Be more careful with deploys', 'Consider adding a canary', 'more tests for checkout'])(
    'titled “%s” is refused',
    (title) => expect(paths({ ...good, title })).toEqual(['body.title']),
  );
  it('without a test of done is refused', () =>
    expect(paths({ ...good, doneWhen: 'done' })).toEqual(['body.doneWhen']));
  it.each(['2026-11-24', '2028-01-01'])('due on %s is refused', (dueOn) =>
    expect(paths({ ...good, dueOn })).toEqual(['body.dueOn']),
  );
  it('names every fault at once', () =>
    expect(paths({ title: 'x', doneWhen: 'y', dueOn: '2020-01-01' })).toHaveLength(3));
});

describe('the due day', () => {
  it('ends at midnight of the workspace, also on the day the clocks change', () => {
    expect(endOfDueDay('2026-10-25', 'Europe/Berlin').toISOString()).toBe('2026-10-25T23:00:00.000Z');
    expect(endOfDueDay('2026-07-01', 'Europe/Berlin').toISOString()).toBe('2026-07-01T22:00:00.000Z');
  });
});
