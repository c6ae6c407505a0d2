import type { ReactNode } from 'react';
import { Spinner } from './button.tsx';
import { formatDuration } from './format.ts';
import { Glyph } from './glyph.tsx';
import { lookOf } from './state-badge.tsx';
import { toneText } from './badge.tsx';

export interface ChecklistItem {
  id: string;
  label: ReactNode;
  state: 'pending' | 'running' | 'done' | 'failed' | 'skipped';
  /** The result, or why it failed, or why it was left out. */
  detail?: ReactNode;
  /** How long it took, or when, at the right. */
  seconds?: number | undefined;
  act?: ReactNode;
}

const words = { pending: 'Waiting', running: 'Under way', done: 'Done', failed: 'Failed', skipped: 'Not needed' };

/** Work with several parts, each with its result and time: nothing waits for the slowest. Changes are announced. */
export function Checklist({ items, label }: { items: readonly ChecklistItem[]; label: string }) {
  return (
    <ul aria-label={label} aria-live="polite" className="divide-y divide-line">
      {items.map((item) => (
        <li key={item.id} className="flex items-start gap-2.5 py-2">
          <span className={`mt-1 flex w-3.5 justify-center ${toneText[lookOf(item.state).tone]}`}>
            {item.state === 'running' ? (
              <Spinner />
            ) : (
              <Glyph name={lookOf(item.state).glyph} className="mt-px size-2.5" />
            )}
          </span>
          <span className="min-w-0 flex-1">
            <span>{item.label}</span>
            <span className="sr-only">: {words[item.state]}</span>
            {item.detail === undefined ? null : (
              <span className={`block text-xs ${item.state === 'failed' ? 'text-bad-text' : 'text-muted'}`}>
                {item.detail}
              </span>
            )}
          </span>
          {item.act}
          <span className="num mt-0.5 text-xs text-muted">
            {item.seconds === undefined
              ? words[item.state]
              : item.seconds < 10
                ? `${item.seconds.toFixed(1)} s`
                : formatDuration(item.seconds)}
          </span>
        </li>
      ))}
    </ul>
  );
}
