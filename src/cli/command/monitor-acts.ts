import { formatDuration } from '#kernel/duration.ts';
import {
  type CheckAnswer,
  checkNow,
  type CreateMonitorInput,
  kindOfScheme,
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
  const ids = [];
  for (const name of await readIds(io, names)) ids.push(await findMonitorId(api, name));
  const data = [];
  for (const id of ids) data.push(await api.call(pause ? pauseMonitor : resumeMonitor, { params: { id } }));
  const verb = pause ? 'paused' : 'is checked again';
  return {
    text: data.length === 0 ? 'There is nothing to do.' : data.map((one) => `${one.name}  ${verb}`).join('\n'),
    data,
  };
}

export type MonitorAddOptions = {
  readonly name?: string;
  readonly service?: string;
  readonly every?: string;
  readonly timeout?: string;
  readonly tag: readonly string[];
};

/** One address is a whole monitor; its scheme says what kind it is of. */
export async function addMonitor(api: Api, address: string, options: MonitorAddOptions): Promise<Outcome> {
  const { name, service, every, timeout, tag } = options;
  const [serviceId] = await findServiceIds(api, service === undefined ? [] : [service]);
  const kind = /^https?:\/\//i.test(address) ? 'http' : kindOfScheme(address);
  if (kind === null)
    throw new CommandError(
      `${address} is no address that can be asked; expected one such as https://shop.example.`,
      EXIT.usage,
    );
  const body = {
    url: address,
    kind,
    ...(name === undefined ? {} : { name }),
    ...(serviceId === undefined ? {} : { serviceId }),
    ...(every === undefined ? {} : { intervalSeconds: lengthOf('every', every) }),
    ...(timeout === undefined ? {} : { timeoutSeconds: lengthOf('timeout', timeout) }),
    tags: [...tag],
  };
  // What the other options of a kind are has a default for each.
  const added = await api.call(postMonitor, { body: body as CreateMonitorInput });
  return {
    text: `${added.id}  ${added.name}  every ${formatDuration(added.intervalSeconds)}, of ${added.serviceName}`,
    data: added,
  };
}
