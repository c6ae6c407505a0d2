import { useEffect, useState } from 'react';
import { type FinalScheduleView, previewSchedule } from '#respond/contract';
import { api } from '../data/api.ts';
import { currentTime } from '../ui/clock.ts';
import { documentOf, type ScheduleDraft } from './schedule-draft.ts';

/** Long enough that a word is typed, short enough that it feels live. */
const AFTER_MS = 300;
const FOUR_WEEKS_MS = 28 * 86_400_000;

/** What a draft would come to through the next four weeks. The last answer stays until the next one is there. */
export function useSchedulePreview(draft: ScheduleDraft, scheduleId: string | undefined) {
  const [state, setState] = useState<{ preview: FinalScheduleView | undefined; error: unknown }>({
    preview: undefined,
    error: undefined,
  });
  useEffect(() => {
    const stop = new AbortController();
    const ask = async () => {
      const body = {
        ...documentOf(draft),
        name: draft.name.trim() === '' ? 'Preview' : draft.name,
        ...(scheduleId === undefined ? {} : { scheduleId }),
        // From the server's now, so that the plan holds from its first instant on.
        to: new Date(currentTime().getTime() + FOUR_WEEKS_MS).toISOString(),
      };
      try {
        const preview = await api.call(previewSchedule, { body }, { signal: stop.signal });
        setState({ preview, error: undefined });
      } catch (error) {
        if (!stop.signal.aborted) setState(({ preview }) => ({ preview, error }));
      }
    };
    const timer = setTimeout(() => void ask(), AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [draft, scheduleId]);
  return state;
}
