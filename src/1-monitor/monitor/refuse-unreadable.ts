import { invalid } from '#kernel/errors.ts';
import { readScriptApart } from '../journey/read-script-apart.ts';
import type { MonitorKind } from '../kind/kinds.ts';

/** What is wrong with the script of a journey; null when nothing is, and for every other kind. */
export async function faultOfScript(
  kind: MonitorKind,
  options: Readonly<Record<string, unknown>> | undefined,
): Promise<string | null> {
  const script = kind === 'journey' ? options?.['script'] : undefined;
  if (typeof script !== 'string') return null;
  const read = await readScriptApart(script);
  return read.ok ? null : read.fault;
}

/** Refuses a script that cannot be read: it would never tell anything of the page. */
export async function refuseUnreadable(
  kind: MonitorKind,
  options: Readonly<Record<string, unknown>> | undefined,
): Promise<void> {
  const fault = await faultOfScript(kind, options);
  if (fault !== null) throw invalid('body.options.script', fault);
}
