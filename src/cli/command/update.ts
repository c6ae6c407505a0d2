import {
  postUpdateRoute,
  readUpdateDraft,
  saidStatus,
  type SaidStatus,
  type UpdateStatus,
} from '#communicate/contract';
import type { Api } from '../api.ts';
import { CommandError, type Io, type Outcome } from '../io.ts';
import { count, moment, parseDuration } from '../text.ts';
import { findComponents, findIncident } from './find.ts';

export type UpdateOptions = {
  readonly incident?: string;
  readonly status?: UpdateStatus;
  readonly next?: string;
  readonly component: readonly string[];
  readonly notify: boolean;
  readonly draft?: boolean;
};

/** Posts a public update, or shows the shipped wording for it (`--draft`) and publishes nothing. */
export async function update(api: Api, io: Io, body: string | undefined, options: UpdateOptions): Promise<Outcome> {
  const incident = await findIncident(api, options.incident);
  const draft = await api.call(readUpdateDraft, {
    params: { id: incident.id },
    query: options.status ? { status: options.status } : {},
  });
  if (options.draft)
    return { text: `${incident.reference} ${incident.title}\n${draft.status}\n\n${draft.body}`, data: draft };
  if (body === undefined)
    throw new CommandError('Say what customers should read: allclear update "…". --draft shows the shipped wording.');
  const nextUpdateInSeconds = options.next === undefined ? undefined : parseDuration(options.next);
  if (nextUpdateInSeconds === null)
    throw new CommandError(`${options.next} is not a length of time; expected something like 30m or 2h.`);
  const components = (await findComponents(api, options.component)).map(({ id, status }) => ({
    id,
    status: checkStatus(status),
  }));
  const posted = await api.call(postUpdateRoute, {
    params: { id: incident.id },
    body: {
      status: options.status ?? draft.status,
      body,
      notify: options.notify,
      ...(components.length > 0 ? { components } : {}),
      ...(nextUpdateInSeconds === undefined ? {} : { nextUpdateInSeconds }),
    },
  });
  const where = posted.drill
    ? 'Kept inside: this is a drill.'
    : `On ${count(posted.statusPageIds.length, 'status page')}.`;
  const next = posted.nextUpdateBy ? ` Next update promised by ${moment(posted.nextUpdateBy, io.now())}.` : '';
  return { text: `${incident.reference} ${posted.status}: posted. ${where}${next}`, data: posted };
}

function checkStatus(text: string): SaidStatus {
  const parsed = saidStatus.safeParse(text);
  if (!parsed.success)
    throw new CommandError(`${text} is not a status of a component; expected one of ${saidStatus.options.join(', ')}.`);
  return parsed.data;
}
