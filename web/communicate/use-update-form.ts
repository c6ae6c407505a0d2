import { useEffect } from 'react';
import {
  type ComponentView,
  lintUpdate,
  listComponents,
  listIncidentUpdates,
  postUpdateRoute,
  readUpdateDraft,
  type SaidStatus,
  type UpdateDraftView,
} from '#communicate/contract';
import type { IncidentView } from '#declare/contract';
import { toast } from '../app/toasts.tsx';
import { useAct, useRead } from '../data/query.ts';
import { topicsOf } from '../declare/open-states.ts';
import { currentTime } from '../ui/clock.ts';
import { formatAbsolute } from '../ui/format.ts';
import { type Form, useForm } from '../ui/use-form.ts';
import { affectedComponents } from './affected-components.ts';
import { clockIn, promiseInText, withPromise } from './next-promise.ts';
import { openStatuses } from './public-words.ts';
import type { UpdateBody } from './update-preview.tsx';

/** What the author chose; an empty text means "as the draft has it". */
interface Choices {
  status: string;
  title: string;
  /** Null = the draft, as it stands. */
  body: string | null;
  /** Seconds; empty = what the severity asks for. */
  next: string;
  components: Readonly<Record<string, SaidStatus>>;
}

const untouched: Choices = { status: '', title: '', body: null, next: '', components: {} };
const toleranceMs = 120_000;

/** Reads the draft and what stands around it; the draft is read again each minute, since it names times. */
function useDraft(incident: IncidentView, chosen: string) {
  const status = openStatuses.find((one) => one === chosen);
  const topics = [...topicsOf(incident.id), 'status-pages', 'subscribers'];
  const draft = useRead(
    readUpdateDraft,
    { params: { id: incident.id }, query: status === undefined ? {} : { status } },
    topics,
    { refetchInterval: 60_000, keepPrevious: true },
  );
  const components = useRead(listComponents, { query: { limit: 200 } }, ['status-pages']);
  const updates = useRead(listIncidentUpdates, { params: { id: incident.id }, query: { limit: 50 } }, topics);
  return { draft, components: components.data?.items ?? [], updates: updates.data?.items ?? [] };
}

/** What the update would say of each component that it shows. */
function shownComponents(
  draft: UpdateDraftView,
  affected: readonly ComponentView[],
  all: readonly ComponentView[],
  chosen: Choices['components'],
): ReadonlyMap<string, SaidStatus | 'unknown'> {
  const current = affected.map(({ id, status }) => [id, status] as const);
  const proposed = draft.components.map(({ id, to }) => [id, to] as const);
  const known = Object.entries(chosen).filter(([id]) => all.some((component) => component.id === id));
  return new Map([...current, ...proposed, ...known]);
}

/** The text as it goes out: what was typed, or the draft; its own promise moved when another time was chosen. */
function textOf(draft: UpdateDraftView, values: Choices, nextBy: Date | null): string {
  if (values.body !== null) return values.body;
  const zone = draft.statusPages[0]?.timeZone ?? 'UTC';
  return values.next === '' || nextBy === null ? draft.body : withPromise(draft.body, nextBy, zone);
}

function bodyOf(draft: UpdateDraftView, values: Choices, text: string, all: readonly ComponentView[]): UpdateBody {
  const wanted = new Map<string, SaidStatus>([
    ...draft.components.map(({ id, to }) => [id, to] as const),
    ...Object.entries(values.components).filter(([id, to]) => all.find((one) => one.id === id)?.status !== to),
  ]);
  const components = [...wanted].map(([id, status]) => ({ id, status }));
  return {
    status: draft.status,
    body: text,
    ...(values.title.trim() === '' || values.title.trim() === draft.title ? {} : { title: values.title.trim() }),
    ...(components.length === 0 ? {} : { components }),
    ...(values.next === '' || draft.status === 'resolved' ? {} : { nextUpdateInSeconds: Number(values.next) }),
  };
}

/** A time in the text that is not the time that the update promises. */
function strayPromise(draft: UpdateDraftView, text: string, nextBy: Date | null) {
  const said = promiseInText(text);
  if (said === undefined || nextBy === null) return undefined;
  const zone = draft.statusPages[0]?.timeZone ?? 'UTC';
  const near = [-toleranceMs, -60_000, 0].some((shift) => clockIn(new Date(nextBy.getTime() + shift), zone) === said);
  if (near) return undefined;
  return { said, promised: clockIn(nextBy, zone), mended: () => withPromise(text, nextBy, zone) };
}

export type UpdateForm = ReturnType<typeof useUpdateForm>;
export type UpdateNow = NonNullable<UpdateForm['now']>;

/** Everything that the composer holds. What was typed survives a reload, a refusal and a change of status. */
export function useUpdateForm(incident: IncidentView, initialBody: string | undefined, onPosted: () => void) {
  const post = useAct(postUpdateRoute, { touches: [...topicsOf(incident.id), 'promises', 'status-pages'] });
  const form: Form<Choices> = useForm<Choices>({
    initial: untouched,
    keep: `update.${incident.id}`,
    refuse: () => (now === undefined || now.body.body.trim() === '' ? { body: 'Write something first.' } : {}),
    submit: async () => {
      if (now === undefined) return;
      const posted = await post.mutateAsync({ params: { id: incident.id }, body: now.body });
      form.reset(untouched);
      const next =
        posted.nextUpdateBy === null ? '' : `; next by ${formatAbsolute(new Date(posted.nextUpdateBy), currentTime())}`;
      toast({ text: `${posted.drill ? 'Kept with the drill' : 'Posted'}${next}` });
      onPosted();
    },
  });
  const { values, set } = form;
  useEffect(() => {
    if (initialBody === undefined || values.body?.includes(initialBody) === true) return;
    set('body', values.body === null || values.body.trim() === '' ? initialBody : `${values.body}\n\n${initialBody}`);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a text that was brought along is taken over once
  }, []);

  const { draft: read, components: all, updates } = useDraft(incident, values.status);
  const draft = read.data;
  const now = draft === undefined ? undefined : derive();

  function derive() {
    if (draft === undefined) throw new Error('Invariant broken: derived before the draft was read');
    const seconds = values.next === '' ? draft.nextUpdateInSeconds : Number(values.next);
    const nextBy = seconds === null ? null : new Date(currentTime().getTime() + seconds * 1_000);
    const text = textOf(draft, values, nextBy);
    const affected = affectedComponents(all, incident, updates);
    return {
      draft,
      text,
      body: bodyOf(draft, values, text, all),
      shown: shownComponents(draft, affected, all, values.components),
      findings: lintUpdate(text),
      stray: strayPromise(draft, text, nextBy),
    };
  }
  return { form, read, all, now };
}
