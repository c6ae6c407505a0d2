import { useEffect, useRef, useState } from 'react';
import { type Trial, tryMapping } from '#detect/contract';
import { api } from '../data/api.ts';
import { type MappingDraft, mappingOf } from './mapping-draft.ts';

/** Long enough that a word is typed, short enough that it feels live. */
const AFTER_MS = 250;

/** Tries a mapping on a payload while both are typed. The last answer stays until the next one is there. */
export function useMappingTrial(
  sourceId: string,
  draft: MappingDraft,
  payload: string,
): { trial: Trial | undefined; error: unknown } {
  const [state, setState] = useState<{ trial: Trial | undefined; error: unknown }>({
    trial: undefined,
    error: undefined,
  });
  const first = useRef(true);
  useEffect(() => {
    const delay = first.current ? 0 : AFTER_MS;
    first.current = false;
    if (payload.trim() === '' || draft.title.trim() === '') {
      setState({ trial: undefined, error: undefined });
      return undefined;
    }
    const stop = new AbortController();
    const ask = async () => {
      try {
        const input = { params: { id: sourceId }, body: { mapping: mappingOf(draft), payload } };
        const trial = await api.call(tryMapping, input, { signal: stop.signal });
        setState({ trial, error: undefined });
      } catch (error) {
        if (!stop.signal.aborted) setState({ trial: undefined, error });
      }
    };
    const timer = setTimeout(() => void ask(), delay);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [sourceId, draft, payload]);
  return state;
}
