import { useEffect, useState } from 'react';
import { type FinalScheduleView, previewSchedule } from '#respond/contract';
import { api } from '../data/api.ts';
import type { Stretch } from './calendar/span.ts';
import { documentOf, type ScheduleDraft } from './schedule-draft.ts';

/** Long enough that a word is typed, short enough that it feels live. */
const AFTER_MS = 300;

/** What a draft would come to in a span. The last answer stays until the next one is there. */
export function useSchedulePreview(draft: ScheduleDraft, scheduleId: string | undefined, span: Stretch) {
  const { startMs, endMs } = span;
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
        from: new Date(startMs).toISOString(),
        to: new Date(endMs).toISOString(),
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
  }, [draft, scheduleId, startMs, endMs]);
  return state;
}
