import { z } from 'zod';
import type { ScheduleLayerView, ScheduleView } from '#respond/contract';
import type { Book } from '../book.ts';
import { CommandError } from '../io.ts';
import { daysText, parseHours } from './days.ts';
import { lengthText, secondsIn } from './file.ts';

const UNITS = { h: 'hours', d: 'days', w: 'weeks' } as const;
const people = z.union([z.string(), z.array(z.string())]);

/** Whose turn it is: a person, several together, or nobody (`[]`); in a custom rotation with its length. */
const turnInFile = z.union([people, z.strictObject({ people, length: z.string().optional() })]);
type TurnInFile = z.output<typeof turnInFile>;

const layerInFile = z.strictObject({
  name: z.string(),
  shadow: z.boolean().optional(),
  /** Wall time in the zone of the schedule. */
  begins: z.string(),
  rotation: z.enum(['hourly', 'daily', 'weekly', 'monthly', 'custom']),
  every: z.number().optional(),
  turns: z.array(turnInFile),
  /** Such as `mon-fri 09:00-17:00`; without any all the time. */
  hours: z.array(z.string()).optional(),
  whenAway: z.enum(['leave-open', 'next-in-rotation']).optional(),
});
type LayerInFile = z.output<typeof layerInFile>;

const scheduleInFile = z.strictObject({
  /** Only where several have its name. */
  id: z.string().optional(),
  name: z.string(),
  zone: z.string(),
  /** How long before a shift its people are told, or `never`. */
  handOff: z.union([z.string(), z.number()]).optional(),
  layers: z.array(layerInFile),
});
export type ScheduleInFile = z.output<typeof scheduleInFile>;

/** On-call schedules as a file: names in the place of ids, and nothing that is as usual. */
export const schedulesFile = z.strictObject({ schedules: z.array(scheduleInFile) });

/** A schedule as the server takes it. */
export type ScheduleDraft = Pick<ScheduleView, 'name' | 'timeZone' | 'layers' | 'handOffMinutes'>;

const USUAL_HAND_OFF = 60;

/** A schedule as a file has it; a draft is written the same way, so that the two compare. */
export function scheduleToFile({ name, timeZone, layers, handOffMinutes }: ScheduleDraft, book: Book): ScheduleInFile {
  const told = handOffMinutes === null ? 'never' : lengthText(handOffMinutes * 60);
  return {
    name,
    zone: timeZone,
    ...(handOffMinutes === USUAL_HAND_OFF ? {} : { handOff: told }),
    layers: layers.map((layer) => layerToFile(layer, book)),
  };
}

export function scheduleFromFile(file: ScheduleInFile, book: Book): ScheduleDraft {
  const name = file.name.trim();
  return {
    name,
    timeZone: file.zone,
    handOffMinutes: file.handOff === undefined ? USUAL_HAND_OFF : minutesIn(file.handOff, `${name}, handOff`),
    layers: file.layers.map((layer) => layerFromFile(layer, `${name}, ${layer.name}`, book)),
  };
}

/** Minutes of a length of time; null for `never`. */
export function minutesIn(length: string | number, where: string): number | null {
  if (length === 'never') return null;
  const seconds = secondsIn(length, where);
  if (seconds % 60 !== 0) throw new CommandError(`${where}: ${length} is not a whole number of minutes.`);
  return seconds / 60;
}

/** `mon-fri 09:00-17:00` as hours that a layer covers. */
export function restrictionFrom(text: string, where: string): ScheduleLayerView['restrictions'][number] {
  const hours = parseHours(text);
  if (hours === null)
    throw new CommandError(
      `${where}: ${text} is no days and hours such as "mon-fri 09:00-17:00" or "daily 22:00-06:00".`,
    );
  return { days: hours.days, start: hours.from, end: hours.to };
}

function layerToFile(layer: ScheduleLayerView, book: Book): LayerInFile {
  const { name, shadow, beginsAt, rotation, turns, restrictions, whenAway } = layer;
  return {
    name,
    ...(shadow ? { shadow } : {}),
    begins: beginsAt,
    rotation: rotation.kind,
    ...(rotation.every === 1 ? {} : { every: rotation.every }),
    turns: turns.map(({ userIds, length }) => {
      const [only, ...others] = userIds.map(book.writtenOf);
      const written = only !== undefined && others.length === 0 ? only : userIds.map(book.writtenOf);
      return length === undefined ? written : { people: written, length: `${length.count}${length.unit.charAt(0)}` };
    }),
    ...(restrictions.length === 0
      ? {}
      : { hours: restrictions.map(({ days, start, end }) => `${daysText(days)} ${start}-${end}`) }),
    ...(whenAway === 'leave-open' ? {} : { whenAway }),
  };
}

function layerFromFile(layer: LayerInFile, where: string, book: Book): ScheduleLayerView {
  return {
    name: layer.name.trim(),
    shadow: layer.shadow ?? false,
    beginsAt: layer.begins.trim().replace(' ', 'T'),
    rotation: { kind: layer.rotation, every: layer.every ?? 1 },
    turns: layer.turns.map((turn, i) => turnFromFile(turn, `${where}, turn ${i + 1}`, book)),
    restrictions: (layer.hours ?? []).map((text) => restrictionFrom(text, `${where}, hours`)),
    whenAway: layer.whenAway ?? 'leave-open',
  };
}

function turnFromFile(turn: TurnInFile, where: string, book: Book): ScheduleLayerView['turns'][number] {
  const { people, length } =
    typeof turn === 'string' || Array.isArray(turn) ? { people: turn, length: undefined } : turn;
  const userIds = (typeof people === 'string' ? [people] : people).map((name) => book.idOf('person', name));
  return length === undefined ? { userIds } : { userIds, length: turnLength(length, where) };
}

function turnLength(text: string, where: string) {
  const match = /^(\d{1,4})\s*([hdw])$/.exec(text.trim());
  const unit = match?.[2] === 'h' || match?.[2] === 'd' || match?.[2] === 'w' ? UNITS[match[2]] : undefined;
  if (!match || unit === undefined) throw new CommandError(`${where}: ${text} is no length such as 12h, 2d or 1w.`);
  return { count: Number(match[1]), unit };
}
