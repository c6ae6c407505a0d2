import { type QuietHoursView, type QuietWindow, readQuietHours, saveQuietHours } from '#respond/contract';
import type { Api } from '../api.ts';
import { readBook } from '../book.ts';
import { daysText, parseHours } from '../document/days.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { moment } from '../text.ts';

/** When somebody is told of low urgency only afterwards; oneself, unless a person is named. */
export async function quietHours(api: Api, io: Io, { person }: { readonly person?: string }): Promise<Outcome> {
  const query = person === undefined ? {} : { userId: (await readBook(api, 'person')).idOf('person', person) };
  const view = await api.call(readQuietHours, { query });
  return { text: describe(view, io.now()), data: view };
}

/** Sets one's own quiet hours, each as `mon-fri 22:00-07:00`; none ends them. */
export async function setQuietHours(api: Api, io: Io, written: readonly string[]): Promise<Outcome> {
  const view = await api.call(saveQuietHours, { body: { windows: written.map(windowOf) } });
  return { text: describe(view, io.now()), data: view };
}

function windowOf(text: string): QuietWindow {
  const hours = parseHours(text);
  if (hours === null)
    throw new CommandError(`${text} are no hours: expected days and hours such as "mon-fri 22:00-07:00".`, EXIT.usage);
  return { days: hours.days, start: hours.from, end: hours.to };
}

function describe({ windows, timeZone, quietUntil }: QuietHoursView, now: Date): string {
  if (windows.length === 0) return 'No quiet hours: pages of low urgency go out at any time.';
  const lines = windows.map(({ days, start, end }) => `  ${daysText(days)} ${start}-${end}`);
  const state = quietUntil === null ? 'They do not run now.' : `They run now, until ${moment(quietUntil, now)}.`;
  return [`Pages of low urgency wait (${timeZone}):`, ...lines, state].join('\n');
}
