import { describe, expect, it } from 'vitest';
import { fault } from '../check/faults.ts';
import { Recorder } from './recorder.ts';

function recording() {
  let now = 0;
  const recorder = new Recorder(() => now);
  const at = (ms: number, act: () => void) => {
    now = ms;
    act();
  };
  const told = () =>
    recorder
      .steps()
      .map(({ name, outcome, startedMs, tookMs, error }) => [name, outcome, startedMs, tookMs, error?.message ?? null]);
  return { recorder, at, told };
}

describe('the steps of a journey', () => {
  it('are the named ones, what is inside of them included, and the acts outside', () => {
    const { recorder, at, told } = recording();
    at(0, () => recorder.begin('call 1', 'goto /'));
    at(10, () => recorder.end('call 1', null));
    at(12, () => recorder.begin('step 1', 'log in'));
    at(13, () => recorder.begin('step 2', 'inner'));
    expect(recorder.inside).toBe(true);
    at(20, () => recorder.end('step 2', null));
    at(30, () => recorder.end('step 1', null));
    expect(recorder.inside).toBe(false);
    expect(told()).toEqual([
      ['goto /', 'passed', 0, 10, null],
      ['log in', 'passed', 12, 18, null],
    ]);
  });

  it('end where the journey ends, with its reason, and what follows did not run', () => {
    const { recorder, at, told } = recording();
    at(5, () => recorder.begin('step 1', 'pay'));
    at(9, () => recorder.endAll(fault('timeout', 'too late')));
    recorder.skip(['next']);
    expect(told()).toEqual([
      ['pay', 'failed', 5, 4, 'too late'],
      ['next', 'not-run', 0, 0, null],
    ]);
  });

  it('last until now while they are under way, and get their reason when it is known', () => {
    const { recorder, at, told } = recording();
    at(5, () => recorder.begin('step 1', 'pay'));
    at(9, () => expect(told()).toEqual([['pay', 'passed', 5, 4, null]]));
    at(11, () => recorder.end('step 1', fault('answer', 'it failed')));
    recorder.amend(fault('answer', 'line 3: no'));
    expect(told()).toEqual([['pay', 'failed', 5, 6, 'line 3: no']]);
  });

  it('are no more than are kept, with short names', () => {
    const { recorder } = recording();
    for (let i = 0; i < 300; i += 1) recorder.begin(`call ${i}`, `${'x'.repeat(300)}\n${i}`);
    expect(recorder.steps()).toHaveLength(100);
    expect(recorder.steps()[0]?.name).toHaveLength(120);
    recorder.end('call 0', fault('answer', 'x'.repeat(2_000_000)));
    expect(recorder.steps()[0]?.error?.message).toHaveLength(1_000);
    recorder.amend(fault('answer', 'y'.repeat(2_000_000)));
    expect(recorder.steps()[0]?.error?.message).toHaveLength(1_000);
  });
});
