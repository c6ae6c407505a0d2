import { getMonitor, type Monitor, revokePreviousMonitorKey, rotateMonitorKey } from '#monitor/contract';
import type { Api } from '../api.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { moment } from '../text.ts';
import { graceOf } from '../time.ts';
import { findMonitorId } from './find-monitor.ts';

type MonitorAddressOptions = { readonly rotate?: boolean; readonly revoke?: boolean; readonly grace: string };

/** Where a heartbeat or a value is sent, alone on a line for a script; after giving it a new address, if asked to. */
export async function monitorAddress(
  api: Api,
  io: Io,
  name: string,
  { rotate = false, revoke = false, grace }: MonitorAddressOptions,
): Promise<Outcome> {
  if (rotate && revoke) throw new CommandError('Say --rotate or --revoke; --rotate --grace 0 does both.', EXIT.usage);
  const params = { id: await findMonitorId(api, name) };
  const monitor = rotate
    ? await api.call(rotateMonitorKey, { params, body: { graceSeconds: graceOf(grace) } })
    : await api.call(revoke ? revokePreviousMonitorKey : getMonitor, { params });
  const { address, previousKeyUntil } = addressOf(monitor);
  const before =
    previousKeyUntil === null
      ? {}
      : { aside: `The address before works as well, until ${moment(previousKeyUntil, io.now())}.` };
  return { text: address, data: { id: monitor.id, address, previousKeyUntil }, ...before };
}

/** Where a heartbeat or a value is sent; null where nothing is, and for people who may not know it. */
export function senderAddressOf({ heartbeat, pushedValue }: Monitor): string | null {
  return heartbeat?.beatUrl ?? pushedValue?.pushUrl ?? null;
}

function addressOf(monitor: Monitor) {
  const { name, heartbeat, pushedValue } = monitor;
  const told = heartbeat ?? pushedValue;
  if (told === null) throw new CommandError(`${name} asks by itself: nothing is sent to it, so it has no address.`);
  const address = senderAddressOf(monitor);
  if (address === null) throw new CommandError(`The address of ${name} is shown to people who may change monitors.`);
  return { address, previousKeyUntil: told.previousKeyUntil };
}
