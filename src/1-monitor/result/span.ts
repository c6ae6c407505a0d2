import { invalid } from '#kernel/errors.ts';
import { WINDOWS } from '../latency/windows.ts';
import type { SpanQuery, TimeWindow } from './contract.ts';

/** From when to when is asked; `window` null where the two were named. */
export type Span = { readonly window: TimeWindow | null; readonly from: Date; readonly to: Date };

/** What a query asks for, never beyond `now`; `usual` when it says nothing. Throws `invalid` with the field's name. */
export function spanOf({ window, from, to }: SpanQuery, now: Date, usual: TimeWindow): Span {
  if (from === undefined) {
    if (to !== undefined)
      throw invalid('query.from', 'expected the instant where the span begins, since `to` is given');
    const named = window ?? usual;
    return { window: named, from: new Date(now.getTime() - WINDOWS[named].lengthMs), to: now };
  }
  if (window !== undefined) throw invalid('query.window', 'expected either a window or `from` and `to`, not both');
  const begin = new Date(from);
  const end = to === undefined || new Date(to) > now ? now : new Date(to);
  if (begin >= now) throw invalid('query.from', 'the span begins in the future');
  if (begin >= end) throw invalid('query.from', 'the span must begin before it ends');
  return { window: null, from: begin, to: end };
}
