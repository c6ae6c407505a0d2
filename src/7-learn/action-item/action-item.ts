import type { FieldError } from '#kernel/errors.ts';

/** A person's wish to improve something, before it is accepted as an action item. */
export type ActionItemDraft = { readonly title: string; readonly doneWhen: string; readonly dueOn: string };

const VAGUE_OPENINGS = [
  'be ',
  'more ',
  'better ',
  'improve things',
  'think about',
  'consider',
  'maybe',
  'try to',
  'look into',
  'be careful',
];
const FARTHEST_DAYS = 366;

/**
 * Why a draft is refused as an action item: it must say what will be done (a verb and its object), how we know that it
 * is done, and a date that is not past and within a year. An empty list accepts it.
 */
export function refuseActionItem(draft: ActionItemDraft, today: Temporal.PlainDate): FieldError[] {
  const errors: FieldError[] = [];
  const title = draft.title.trim();
  if (title.split(/\s+/).length < 3)
    errors.push({
      path: 'body.title',
      message: 'say what will be done in at least three words, starting with a verb: “Add a canary to deploys”',
    });
  else if (VAGUE_OPENINGS.some((opening) => title.toLowerCase().startsWith(opening)))
    errors.push({
      path: 'body.title',
      message: 'start with the change itself, not with an intention: “Add …”, “Remove …”, “Alert on …”',
    });
  if (draft.doneWhen.trim().split(/\s+/).length < 2)
    errors.push({
      path: 'body.doneWhen',
      message: 'say how anybody can see that it is done: “deploys stop when the canary fails”',
    });
  const due = Temporal.PlainDate.from(draft.dueOn);
  if (Temporal.PlainDate.compare(due, today) < 0) errors.push({ path: 'body.dueOn', message: 'lies in the past' });
  else if (today.until(due).days > FARTHEST_DAYS)
    errors.push({ path: 'body.dueOn', message: 'lies more than a year ahead; name a first step that is sooner' });
  return errors;
}

/** When the promise of an item is broken: the end of its due day in the workspace's zone. */
export function endOfDueDay(dueOn: string, timeZone: string): Date {
  const end = Temporal.PlainDate.from(dueOn).add({ days: 1 }).toZonedDateTime(timeZone);
  return new Date(end.epochMilliseconds);
}
