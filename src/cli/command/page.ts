import { createPage, type EscalationTargetView } from '#respond/contract';
import type { Api } from '../api.ts';
import { readBook } from '../book.ts';
import { CommandError, EXIT, type Outcome } from '../io.ts';
import { findIncident, findServiceIds } from './find.ts';

export type PageOptions = {
  readonly to: readonly string[];
  readonly who?: 'current' | 'next' | 'everybody';
  readonly note?: string;
  readonly service?: string;
  readonly incident?: string;
  readonly low?: boolean;
};

const RECEIVERS = ['person', 'team', 'schedule', 'channel'] as const;

/** Pages people, teams and whoever is on call by hand, and tells channels. Exit code 3 when nobody can be reached. */
export async function page(api: Api, title: string | undefined, options: PageOptions): Promise<Outcome> {
  if (title === undefined || options.to.length === 0)
    throw new CommandError('Say what it is about and whom to page: allclear page "Look at the ledger" --to Ann.');
  const [serviceId] = await findServiceIds(api, options.service === undefined ? [] : [options.service]);
  const incident = options.incident === undefined ? undefined : await findIncident(api, options.incident);
  const made = await api.call(createPage, {
    body: {
      title,
      targets: await findTargets(api, options),
      urgency: options.low === true ? 'low' : 'high',
      ...(options.note === undefined ? {} : { note: options.note }),
      ...(serviceId === undefined ? {} : { serviceId }),
      ...(incident === undefined ? {} : { incidentId: incident.id }),
    },
  });
  const names = [...new Set(made.notices.map(({ userName }) => userName))].join(', ');
  const channels = [...new Set(made.posts.map(({ name }) => name))].join(', ');
  const text = [
    names === '' ? 'Nobody of them can be reached.' : `Paged ${names}.`,
    ...(channels === '' ? [] : [`Told ${channels}.`]),
  ].join(' ');
  return {
    text: `${text}\n${api.url}/pages/${made.id}`,
    data: made,
    exitCode: names === '' ? EXIT.attention : EXIT.ok,
  };
}

/** `schedule:Primary` says which kind is meant; without that a person comes before a team, a schedule and a channel. */
async function findTargets(api: Api, { to, who }: PageOptions): Promise<EscalationTargetView[]> {
  const book = await readBook(api, ...RECEIVERS);
  const targets = to.map((name): EscalationTargetView => {
    const kind = RECEIVERS.find((one) => name.startsWith(`${one}:`));
    const { noun, id } =
      kind === undefined ? book.find(RECEIVERS, name) : book.find([kind], name.slice(kind.length + 1));
    if (noun === 'person') return { kind: 'user', userId: id };
    if (noun === 'team') return { kind: 'team', teamId: id };
    if (noun === 'channel') return { kind: 'channel', noticeChannelId: id };
    return { kind: 'schedule', scheduleId: id, who: who ?? 'current' };
  });
  if (who !== undefined && !targets.some(({ kind }) => kind === 'schedule'))
    throw new CommandError('--who says whom of a schedule to page, and --to names none.', EXIT.usage);
  return targets;
}
