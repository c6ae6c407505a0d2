import { useState } from 'react';
import {
  changeScheduleOverride,
  deleteScheduleOverride,
  type ScheduleOverrideView,
  type ScheduleView,
} from '#respond/contract';
import { usePersonName } from '../access/people.ts';
import { toast } from '../app/toasts.tsx';
import { useAct } from '../data/query.ts';
import { currentTime } from '../ui/clock.ts';
import { sentenceOf } from '../ui/error-note.tsx';
import { ApiProblem } from '#client';
import type { Stretch } from './calendar/span.ts';
import { stretchWords } from './calendar/words.ts';

const touches = ['schedules', 'coverage'];
const stretchOf = ({ startsAt, endsAt }: ScheduleOverrideView): Stretch => ({
  startMs: Date.parse(startsAt),
  endMs: Date.parse(endsAt),
});

/** Making, moving and taking back overrides of a schedule; each says what became of it and can be undone. */
export function useOverrideActs(schedule: Pick<ScheduleView, 'timeZone'>) {
  const nameOf = usePersonName();
  const change = useAct(changeScheduleOverride, { touches });
  const remove = useAct(deleteScheduleOverride, { touches });
  /** Where an override was just put, for as long as nothing is read that is newer than `settledMs`. */
  const [pending, setPending] = useState<{ id: string; settledMs: number } & Stretch>();
  const when = (stretch: Stretch) => stretchWords(stretch, schedule.timeZone);
  const complain = (error: unknown) => toast({ text: faultOf(error), tone: 'bad' });

  async function put(override: ScheduleOverrideView, { startMs, endMs }: Stretch) {
    const isBegun = Date.parse(override.startsAt) < currentTime().getTime();
    const placed = { id: override.id, startMs, endMs };
    setPending({ ...placed, settledMs: Infinity });
    try {
      const moved = await change.mutateAsync({
        params: { id: override.id },
        body: {
          // The start of one that has begun stays, to the millisecond.
          ...(isBegun && startMs === Date.parse(override.startsAt)
            ? {}
            : { startsAt: new Date(startMs).toISOString() }),
          endsAt: new Date(endMs).toISOString(),
        },
      });
      setPending({ ...placed, settledMs: Date.now() });
      return moved;
    } catch (error) {
      setPending(undefined);
      throw error;
    }
  }

  async function move(override: ScheduleOverrideView, stretch: Stretch) {
    const moved = await put(override, stretch);
    toast({
      text: `${nameOf(override.userId)}: ${when(stretchOf(moved))}`,
      act: { label: 'Undo', run: () => void put(moved, stretchOf(override)).catch(complain) },
    });
  }

  async function takeBack({ id, userId }: ScheduleOverrideView, words?: string) {
    try {
      await remove.mutateAsync({ params: { id } });
      toast({ text: words ?? `The override by ${nameOf(userId)} is taken back` });
    } catch (error) {
      complain(error);
    }
  }

  return {
    pending,
    move,
    /** The same for a hand that has let go: what is refused is said in a toast. */
    drop: (override: ScheduleOverrideView, stretch: Stretch) => void move(override, stretch).catch(complain),
    takeBack: (override: ScheduleOverrideView) => void takeBack(override),
    tellMade: (override: ScheduleOverrideView) =>
      toast({
        text: `${nameOf(override.userId)} ${override.kind === 'remove' ? 'is not on call' : 'is on call'}: ${when(stretchOf(override))}`,
        act: { label: 'Undo', run: () => void takeBack(override, 'The override is undone') },
      }),
  };
}

/** The sentence of a refusal; of a field its own words, for there is no field to say them beside. */
function faultOf(error: unknown): string {
  if (error instanceof ApiProblem && error.errors[0] !== undefined)
    return error.errors
      .map(({ path, message }) => `${path.endsWith('startsAt') ? 'Its start' : 'Its end'} ${message}`)
      .join('. ');
  return sentenceOf(error);
}
