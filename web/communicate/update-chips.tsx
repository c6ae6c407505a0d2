import { Badge } from '../ui/badge.tsx';
import { useMinute } from '../ui/clock.ts';
import { formatAbsolute, formatDuration } from '../ui/format.ts';
import { lookOf } from '../ui/state-badge.tsx';
import { ChipSelect } from './component-chips.tsx';
import { promiseChoices } from './next-promise.ts';
import { openStatuses } from './public-words.ts';
import type { UpdateForm, UpdateNow } from './use-update-form.ts';

interface Props {
  state: UpdateForm;
  now: UpdateNow;
}

export function StatusChip({ state, now }: Props) {
  if (now.draft.status === 'resolved') return <Badge glyph="check">Resolved</Badge>;
  return (
    <ChipSelect
      label="Where we are, in public"
      value={now.draft.status}
      onChange={(event) => state.form.set('status', event.target.value)}
      className="text-accent-text"
    >
      {openStatuses.map((status) => (
        <option key={status} value={status}>
          {lookOf(status).word}
        </option>
      ))}
    </ChipSelect>
  );
}

/** When the next update is promised: what the severity asks for, or sooner. */
export function NextChip({ state, now: { draft } }: Props) {
  const minute = useMinute();
  if (draft.status === 'resolved') return null;
  const asked = draft.nextUpdateInSeconds;
  const words = (seconds: number) =>
    `Next by ${formatAbsolute(new Date(minute.getTime() + seconds * 1_000), minute)} (in ${formatDuration(seconds)})`;
  return (
    <ChipSelect
      label="When the next update is promised"
      value={state.form.values.next}
      onChange={(event) => state.form.set('next', event.target.value)}
    >
      <option value="">{asked === null ? 'No next update promised' : words(asked)}</option>
      {promiseChoices(asked).map((seconds) => (
        <option key={seconds} value={seconds}>
          {words(seconds)}
        </option>
      ))}
    </ChipSelect>
  );
}
