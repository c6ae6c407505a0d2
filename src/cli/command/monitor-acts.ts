import { formatDuration } from '#kernel/duration.ts';
import {
  type CheckAnswer,
  checkNow,
  type CreateMonitorInput,
  deleteMonitor,
  getMonitor,
  kindOfScheme,
  type Monitor,
  patchMonitor,
  pauseMonitor,
  postMonitor,
  resumeMonitor,
} from '#monitor/contract';
import type { Api } from '../api.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns } from '../text.ts';
import { lengthOf } from '../time.ts';
import { findMonitorId } from './find-monitor.ts';
import { findServiceIds } from './find.ts';
import { readIds } from './ids.ts';

/** Checks now, and stores what it found. */
export async function checkMonitor(api: Api, name: string): Promise<Outcome> {
  const answer = await api.call(checkNow, { params: { id: await findMonitorId(api, name) } });
  return {
    text: answerWords(answer).join('\n'),
    data: answer,
    exitCode: answer.outcome === 'up' ? EXIT.ok : EXIT.attention,
  };
}

function answerWords(answer: CheckAnswer): string[] {
  const { evidence, steps, totalMs } = answer;
  const status = answer.status === null ? [] : [`status ${answer.status}`];
  const address = answer.address === null ? [] : [`from ${answer.address}`];
  const first = [answer.outcome, ...status, ...address, `in ${Math.round(totalMs)} ms`].join('  ');
  const network = answer.suggestedTarget === null ? [] : [`  The owner may allow ${answer.suggestedTarget}.`];
  return [
    first,
    ...(evidence === null ? [] : [`  ${evidence.summary}`]),
    ...network,
    ...(steps === null
      ? []
      : [
          columns(
            steps.map(({ name, outcome, tookMs }) => [name, outcome, `${Math.round(tookMs)} ms`]),
            '  ',
          ),
        ]),
  ];
}

/** Pauses monitors, or has them asked again; none when one of them is not there. */
export async function pauseMonitors(api: Api, io: Io, names: readonly string[], pause: boolean): Promise<Outcome> {
  const data = [];
  for (const { id } of await findAll(api, io, names))
    data.push(await api.call(pause ? pauseMonitor : resumeMonitor, { params: { id } }));
  return { text: eachDone(data, pause ? 'paused' : 'is checked again'), data };
}

/** All that are named, or none. */
async function findAll(api: Api, io: Io, names: readonly string[]): Promise<Monitor[]> {
  const found = [];
  for (const name of await readIds(io, names))
    found.push(await api.call(getMonitor, { params: { id: await findMonitorId(api, name) } }));
  return found;
}

function eachDone(monitors: readonly Monitor[], verb: string): string {
  return monitors.length === 0 ? 'There is nothing to do.' : monitors.map(({ name }) => `${name}  ${verb}`).join('\n');
}

/** What is said of a monitor in options, as it is sent. */
async function namedParts(api: Api, { name, service, every, timeout }: Omit<MonitorOptions, 'address' | 'tag'>) {
  const [serviceId] = await findServiceIds(api, service === undefined ? [] : [service]);
  return {
    ...(name === undefined ? {} : { name }),
    ...(serviceId === undefined ? {} : { serviceId }),
    ...(every === undefined ? {} : { intervalSeconds: lengthOf('every', every) }),
    ...(timeout === undefined ? {} : { timeoutSeconds: lengthOf('timeout', timeout) }),
  };
}

function lineOf(monitor: Monitor): string {
  return `${monitor.id}  ${monitor.name}  every ${formatDuration(monitor.intervalSeconds)}, of ${monitor.serviceName}`;
}

export type MonitorOptions = {
  readonly name?: string;
  readonly address?: string;
  readonly service?: string;
  readonly every?: string;
  readonly timeout?: string;
  readonly tag: readonly string[];
};

/** Changes what is named, and nothing else. */
export async function editMonitor(api: Api, which: string, options: MonitorOptions): Promise<Outcome> {
  const { address, tag } = options;
  const body = {
    ...(address === undefined ? {} : { url: address }),
    ...(await namedParts(api, options)),
    ...(tag.length === 0 ? {} : { tags: [...tag] }),
  };
  if (Object.keys(body).length === 0)
    throw new CommandError('Say what changes: --name, --address, --service, --every, --timeout or --tag.', EXIT.usage);
  const edited = await api.call(patchMonitor, { params: { id: await findMonitorId(api, which) }, body });
  return { text: lineOf(edited), data: edited };
}

/** Archives monitors: they are checked no more, their history stays. None when one of them is not there. */
export async function archiveMonitors(api: Api, io: Io, names: readonly string[]): Promise<Outcome> {
  const found = await findAll(api, io, names);
  for (const { id } of found) await api.call(deleteMonitor, { params: { id } });
  return { text: eachDone(found, 'archived'), data: found };
}

/** One address is a whole monitor; its scheme says what kind it is of. */
export async function addMonitor(
  api: Api,
  address: string,
  options: Omit<MonitorOptions, 'address'>,
): Promise<Outcome> {
  const parts = await namedParts(api, options);
  const kind = /^https?:\/\//i.test(address) ? 'http' : kindOfScheme(address);
  if (kind === null)
    throw new CommandError(
      `${address} is no address that can be asked; expected one such as https://shop.example.`,
      EXIT.usage,
    );
  const body = {
    url: address,
    kind,
    ...parts,
    tags: [...options.tag],
  };
  // What the other options of a kind are has a default for each.
  const added = await api.call(postMonitor, { body: body as CreateMonitorInput });
  return { text: lineOf(added), data: added };
}
