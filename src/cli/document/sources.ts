import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  alertSourceKind,
  type AlertSourceView,
  type MailRule,
  mailRule,
  type Mapping,
  mapping,
  signalsPerMinute,
  type TicketRule,
  ticketRule,
} from '#detect/contract';
import type { Book } from '../book.ts';
import { CommandError } from '../io.ts';

const sourceInFile = z.strictObject({
  /** Only where several have its name. */
  id: z.string().optional(),
  name: z.string(),
  kind: alertSourceKind.exclude(['form']).default('generic'),
  service: z.string().optional(),
  shadow: z.boolean().optional(),
  /** Absent = as many as it likes. */
  signalsPerMinute: signalsPerMinute.unwrap().optional(),
  /** How its JSON becomes signals; null = it is our own. */
  mapping: mapping.nullable().optional(),
  /** A payload as its sender sends it, on which the mapping is tried before it is saved. */
  sample: z.string().optional(),
  mailRule: mailRule.optional(),
  ticketRule: ticketRule.optional(),
});
export type SourceInFile = z.output<typeof sourceInFile>;

/** Alert sources as a file: without their keys, and with names in the place of ids. */
export const sourcesFile = z.strictObject({ sources: z.array(sourceInFile) });

/** A source with what belongs to it, as the server has it; the rest is null where nothing was ever set. */
export type WholeSource = {
  readonly source: AlertSourceView;
  readonly mapping: Mapping | null;
  readonly sample: string | null;
  readonly mailRule: MailRule | null;
  readonly ticketRule: TicketRule | null;
};

export function sourceToFile(
  { source, ...its }: WholeSource,
  book: Book,
): Omit<SourceInFile, 'kind'> & { kind: string } {
  return {
    name: source.name,
    kind: source.kind,
    ...(source.serviceId === null ? {} : { service: book.writtenOf(source.serviceId) }),
    ...(source.shadow ? { shadow: true } : {}),
    ...(source.signalsPerMinute === null ? {} : { signalsPerMinute: source.signalsPerMinute }),
    ...(its.mapping === null ? {} : { mapping: its.mapping }),
    ...(its.sample === null ? {} : { sample: its.sample }),
    ...(its.mailRule === null ? {} : { mailRule: its.mailRule }),
    ...(its.ticketRule === null ? {} : { ticketRule: its.ticketRule }),
  };
}

/** What of a source would change; what the file says nothing of stays. Kind and service of a source never change. */
export function sourceChanges(file: SourceInFile, { source, ...its }: WholeSource, book: Book): string[] {
  const serviceId = file.service === undefined ? null : book.idOf('service', file.service);
  if (file.name.trim().toLowerCase() !== source.name.toLowerCase())
    throw new CommandError(`${source.name}: a source cannot be renamed; the file calls ${source.id} ${file.name}.`);
  if (file.kind !== source.kind || serviceId !== source.serviceId)
    throw new CommandError(
      `${source.name}: the kind and the service of a source cannot be changed. Give the new one another name, or remove this one first.`,
    );
  return [
    ...((file.shadow ?? false) === source.shadow ? [] : ['shadow']),
    ...((file.signalsPerMinute ?? null) === source.signalsPerMinute ? [] : ['limit']),
    ...(file.mapping === undefined || isDeepStrictEqual(file.mapping, its.mapping) ? [] : ['mapping']),
    ...(file.mailRule === undefined || isDeepStrictEqual(file.mailRule, its.mailRule) ? [] : ['mail rule']),
    ...(file.ticketRule === undefined || isDeepStrictEqual(file.ticketRule, its.ticketRule) ? [] : ['ticket rule']),
  ];
}
