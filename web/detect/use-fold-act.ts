import { useState } from 'react';
import type { FoldAct, foldActBody, foldActResult } from '#detect/contract';
import type { z } from 'zod';
import { toast } from '../app/toasts.tsx';
import { sentenceOf } from '../ui/error-note.tsx';
import { plural } from '../ui/format.ts';

/** One call of an act: it takes so many alerts, and says where to go on. */
export type ActOnce = (body: z.input<typeof foldActBody>) => Promise<z.output<typeof foldActResult>>;

/** A row of a folded list, or (without `fold`) all of it, up to the newest alert that the reader has seen. */
export type Seen = { readonly fold?: string | undefined; readonly untilId: string | null };

const said: Record<FoldAct['act'], string> = {
  acknowledge: 'Acknowledged',
  unacknowledge: 'Open again:',
  close: 'Closed',
  dismiss: 'Not an incident:',
  snooze: 'Snoozed',
  note: 'Noted on',
};

/** Acts on all alerts of a row as on one, however many calls it takes; `done` counts meanwhile, undefined when nothing goes on. */
export function useFoldAct(once: ActOnce, { fold, untilId }: Seen) {
  const [done, setDone] = useState<number>();
  async function perform(act: FoldAct): Promise<void> {
    const sum = { done: 0, refused: 0, why: '' };
    setDone(0);
    try {
      for (let after: string | null = ''; after !== null;) {
        const answer: z.output<typeof foldActResult> = await once({
          do: act,
          ...(fold === undefined ? {} : { fold }),
          ...(untilId === null ? {} : { untilId }),
          ...(after === '' ? {} : { after }),
        });
        sum.done += answer.done;
        sum.refused += answer.refused;
        sum.why ||= answer.refusals[0]?.message ?? '';
        after = answer.next;
        setDone(sum.done + sum.refused);
      }
    } finally {
      setDone(undefined);
    }
    if (sum.refused > 0)
      return toast({ tone: 'bad', text: `Done for ${sum.done}, refused for ${sum.refused}: ${sum.why}` });
    toast({ text: sum.done === 0 ? 'There was nothing left to do' : `${said[act.act]} ${plural(sum.done, 'alert')}` });
  }
  const go = (act: FoldAct) =>
    void perform(act).catch((error: unknown) => toast({ tone: 'bad', text: sentenceOf(error) }));
  return { done, perform, go };
}
