import {
  type AlertSourceView,
  changeAlertSource,
  createAlertSource,
  deleteAlertSource,
  listAlertSources,
  mapping,
  readMailRule,
  readMapping,
  readTicketRule,
  saveMailRule,
  saveMapping,
  saveTicketRule,
} from '#detect/contract';
import type { Api } from '../api.ts';
import { everyOne, readBook } from '../book.ts';
import { readDocument, writeYaml } from '../document/file.ts';
import { idWhereNeeded, matchAll } from '../document/match.ts';
import { sourceChanges, type SourceInFile, sourcesFile, sourceToFile, type WholeSource } from '../document/sources.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';

export type ApplySourcesOptions = { readonly dryRun?: boolean; readonly prune?: boolean };

/** Alert sources as YAML, without their keys; the forms of status pages are not among them. */
export async function exportSources(api: Api, name: string | undefined): Promise<Outcome> {
  const [items, book] = await Promise.all([readSources(api), readBook(api, 'source', 'service')]);
  const only = name === undefined ? null : book.idOf('source', name);
  const wanted = items.filter(({ id }) => only === null || id === only);
  const whole = await Promise.all(wanted.map((one) => readWhole(api, one)));
  const file = {
    sources: whole.map((one) => ({ ...idWhereNeeded(one.source, items), ...sourceToFile(one, book) })),
  };
  return { text: writeYaml('Alert sources of Allclear. Apply with: allclear sources apply FILE', file), data: file };
}

/**
 * Makes alert sources what a file says, each by its name or id; those that it does not name stay, unless `prune`. With `dryRun` it
 * says what would change, changes nothing, and exits with 3 when something would.
 */
export async function applySources(api: Api, io: Io, file: string, options: ApplySourcesOptions): Promise<Outcome> {
  const [document, items, book] = await Promise.all([
    readDocument(io, file, sourcesFile),
    readSources(api),
    readBook(api, 'service'),
  ]);
  // All of the file is understood before the first source is written.
  const matched = matchAll('alert source', document.sources, items);
  const plans = await Promise.all(
    document.sources.map(async (written, i) => {
      const same = matched[i];
      const serviceId = written.service === undefined ? null : book.idOf('service', written.service);
      if (written.mapping && written.sample === undefined)
        throw new CommandError(`${written.name}: a mapping needs a "sample", a payload on which it is tried.`);
      const changes = same === undefined ? null : sourceChanges(written, await readWhole(api, same), book);
      return { written, same, serviceId, changes };
    }),
  );
  const gone = options.prune === true ? items.filter((item) => !matched.includes(item)) : [];
  const changes = [
    ...gone.map(({ name }) => `- ${name}`),
    ...plans.flatMap(({ written, changes: its }) =>
      its === null ? [`+ ${written.name}`] : its.length === 0 ? [] : [`~ ${written.name}: ${its.join(', ')}`],
    ),
  ];
  if (changes.length === 0) return { text: 'The sources are what the file says.', data: { changes, applied: false } };
  if (options.dryRun === true)
    return {
      text: [...changes, 'Nothing is changed: this was a dry run.'].join('\n'),
      data: { changes, applied: false },
      exitCode: EXIT.attention,
    };
  for (const { written, same, serviceId, changes: its } of plans) {
    const { name, kind, shadow = false, signalsPerMinute = null } = written;
    const body = { name, kind, shadow, serviceId, signalsPerMinute };
    const source = same ?? (await api.call(createAlertSource, { body }));
    await write(api, source, written, its ?? ['mapping', 'mail rule', 'ticket rule']);
  }
  for (const { id } of gone) await api.call(deleteAlertSource, { params: { id } });
  return {
    text: [...changes, '"allclear sources NAME" says each one’s key and address.'].join('\n'),
    data: { changes, applied: true },
  };
}

async function write(api: Api, { id }: AlertSourceView, file: SourceInFile, what: readonly string[]): Promise<void> {
  const params = { id };
  if (what.includes('shadow')) await api.call(changeAlertSource, { params, body: { shadow: file.shadow ?? false } });
  if (what.includes('limit'))
    await api.call(changeAlertSource, { params, body: { signalsPerMinute: file.signalsPerMinute ?? null } });
  if (what.includes('mapping') && file.mapping !== undefined && (file.mapping !== null || file.kind === 'generic'))
    await api.call(saveMapping, {
      params,
      body: { mapping: file.mapping, ...(file.sample === undefined ? {} : { payload: file.sample }) },
    });
  if (what.includes('mail rule') && file.mailRule) await api.call(saveMailRule, { params, body: file.mailRule });
  if (what.includes('ticket rule') && file.ticketRule)
    await api.call(saveTicketRule, { params, body: file.ticketRule });
}

async function readWhole(api: Api, source: AlertSourceView): Promise<WholeSource> {
  const params = { id: source.id };
  const none = { source, mapping: null, sample: null, mailRule: null, ticketRule: null };
  if (source.kind === 'generic') {
    const its = await api.call(readMapping, { params });
    return its.mapping === null ? none : { ...none, mapping: mapping.parse(its.mapping), sample: its.sample };
  }
  if (source.kind === 'email') {
    const { changedAt, resolvedWords, ignoredWords, severity } = await api.call(readMailRule, { params });
    return changedAt === null ? none : { ...none, mailRule: { resolvedWords, ignoredWords, severity } };
  }
  if (source.kind === 'ticket') {
    const { changedAt, sameBy, severity } = await api.call(readTicketRule, { params });
    return changedAt === null ? none : { ...none, ticketRule: { sameBy, severity } };
  }
  return none;
}

/** Without the forms of status pages, which a switch of theirs makes. */
async function readSources(api: Api): Promise<AlertSourceView[]> {
  const items = await everyOne((page) => api.call(listAlertSources, { query: page }));
  return items.filter(({ kind }) => kind !== 'form');
}
