import {
  confirmSubscriptionRoute,
  type Mapping,
  mapping,
  MAPPING_PRESETS,
  type MappingPreset,
  readMailRule,
  readMapping,
  readTicketRule,
  saveMailRule,
  saveMapping,
  saveTicketRule,
  type SignalSeverity,
  type TicketRule,
  tryMapping,
} from '#detect/contract';
import type { Api } from '../api.ts';
import { readDocument, readText, writeYaml } from '../document/file.ts';
import { CommandError, EXIT, type Io, type Outcome } from '../io.ts';
import { columns, moment } from '../text.ts';
import { findSource } from './sources.ts';

export type MappingOptions = {
  readonly preset?: string;
  readonly payload?: string;
  readonly none?: boolean;
  readonly presets?: boolean;
};

export type TryOptions = { readonly mapping?: string; readonly preset?: string };

export type MailRuleOptions = {
  readonly resolved: readonly string[];
  readonly ignored: readonly string[];
  readonly severity?: SignalSeverity;
};

export type TicketRuleOptions = { readonly sameBy?: TicketRule['sameBy']; readonly severity?: SignalSeverity };

/** How a source understands what it is sent; with a file, a preset or `none` it is saved. */
export async function sourceMapping(
  api: Api,
  io: Io,
  name: string | undefined,
  file: string | undefined,
  options: MappingOptions,
): Promise<Outcome> {
  if (options.presets === true) {
    const rows = MAPPING_PRESETS.map((one) => [one.id, one.name, one.advice]);
    return { text: columns(rows), data: MAPPING_PRESETS };
  }
  if (name === undefined) throw new CommandError('Say which source: allclear sources mapping NAME.', EXIT.usage);
  if ([file, options.preset, options.none].filter((one) => one !== undefined).length > 1)
    throw new CommandError('Give a file, --preset or --none, and only one of them.', EXIT.usage);
  const { id, title } = await findSource(api, name);
  if (options.none === true) {
    const saved = await api.call(saveMapping, { params: { id }, body: { mapping: null } });
    return { text: `${title} takes our own JSON.`, data: saved };
  }
  const wanted = await wantedMapping(io, file, options.preset);
  if (wanted === undefined) return showMapping(api, io, id, title);
  const before = options.payload === undefined ? await api.call(readMapping, { params: { id } }) : null;
  const payload = await payloadFor(io, options, before?.sample ?? null);
  const saved = await api.call(saveMapping, { params: { id }, body: { mapping: wanted, payload } });
  return { text: `The mapping of ${title} is saved; the payload can be read.`, data: saved };
}

/** What a mapping would make of a payload; stores nothing. Exit code 3 when it would be refused. */
export async function trySource(
  api: Api,
  io: Io,
  name: string,
  file: string | undefined,
  options: TryOptions,
): Promise<Outcome> {
  const { id, title } = await findSource(api, name);
  const wanted =
    (await wantedMapping(io, options.mapping, options.preset)) ??
    (await api.call(readMapping, { params: { id } })).mapping;
  if (wanted === null)
    throw new CommandError(`${title} has no mapping. Say what to try: --mapping FILE or --preset NAME.`);
  const trial = await api.call(tryMapping, {
    params: { id },
    body: { mapping: wanted, payload: await readText(io, file ?? '-') },
  });
  const rows = trial.fields.map(({ field, value, note }) => [field, value ?? '(left out)', note ?? '']);
  return {
    text: [`${trial.outcome}: ${trial.message}`, ...(rows.length === 0 ? [] : [columns(rows, '  ')])].join('\n'),
    data: trial,
    exitCode: trial.outcome === 'refused' ? EXIT.attention : EXIT.ok,
  };
}

/** Confirms the subscription that Amazon SNS asked a source for. */
export async function confirmSubscription(api: Api, name: string): Promise<Outcome> {
  const { id, title } = await findSource(api, name);
  const after = await api.call(confirmSubscriptionRoute, { params: { id } });
  return {
    text: `The subscription of ${title} to ${after.subscription?.topicArn ?? 'its topic'} is confirmed.`,
    data: after,
  };
}

/** Which words in the subject of a mail mean what; with options, set. */
export async function sourceMailRule(api: Api, io: Io, name: string, options: MailRuleOptions): Promise<Outcome> {
  const { id, title } = await findSource(api, name);
  const before = await api.call(readMailRule, { params: { id } });
  const { resolved, ignored, severity } = options;
  const isNew = resolved.length > 0 || ignored.length > 0 || severity !== undefined;
  const rule = isNew
    ? await api.call(saveMailRule, {
        params: { id },
        body: {
          resolvedWords: resolved.length > 0 ? [...resolved] : before.resolvedWords,
          ignoredWords: ignored.length > 0 ? [...ignored] : before.ignoredWords,
          severity: severity ?? before.severity,
        },
      })
    : before;
  const lines = [
    `${title}, ${sinceOf(rule.changedAt, io)}`,
    `resolved  ${rule.resolvedWords.join(', ') || 'no word'}`,
    `ignored   ${rule.ignoredWords.join(', ') || 'no word'}`,
    `otherwise ${rule.severity}`,
  ];
  return { text: lines.join('\n'), data: rule };
}

/** When two tickets are one alert, and how bad a ticket is; with options, set. */
export async function sourceTicketRule(api: Api, io: Io, name: string, options: TicketRuleOptions): Promise<Outcome> {
  const { id, title } = await findSource(api, name);
  const before = await api.call(readTicketRule, { params: { id } });
  const { sameBy, severity } = options;
  const rule =
    sameBy === undefined && severity === undefined
      ? before
      : await api.call(saveTicketRule, {
          params: { id },
          body: { sameBy: sameBy ?? before.sameBy, severity: severity ?? before.severity },
        });
  const same = { subject: 'the same subject', component: 'the same component', ticket: 'the same ticket' }[rule.sameBy];
  return {
    text: `${title}, ${sinceOf(rule.changedAt, io)}\nTickets with ${same} are one alert, ${rule.severity}.`,
    data: rule,
  };
}

async function showMapping(api: Api, io: Io, id: string, title: string): Promise<Outcome> {
  const its = await api.call(readMapping, { params: { id } });
  const { subscription } = its;
  const waits = subscription !== null && subscription.confirmedAt === null;
  const asks = waits
    ? [`! Amazon SNS asks to confirm the topic ${subscription.topicArn}. Confirm it: allclear sources confirm ${id}`]
    : [];
  const text =
    its.mapping === null
      ? `${title} takes our own JSON.`
      : writeYaml(
          `Mapping of ${title}, ${sinceOf(its.changedAt, io)}. Save with: allclear sources mapping NAME FILE`,
          its.mapping,
        );
  return {
    text,
    data: its,
    ...(waits ? { aside: asks.join('\n'), exitCode: EXIT.attention } : {}),
  };
}

async function wantedMapping(
  io: Io,
  file: string | undefined,
  preset: string | undefined,
): Promise<Mapping | undefined> {
  if (file !== undefined) return readDocument(io, file, mapping);
  return preset === undefined ? undefined : mapping.parse(presetOf(preset).mapping);
}

/** The payload to try it on: what was given, what the source was last tried on, or what comes with the preset. */
async function payloadFor(io: Io, { payload, preset }: MappingOptions, sample: string | null): Promise<string> {
  if (payload !== undefined) return readText(io, payload);
  if (preset !== undefined) return JSON.stringify(presetOf(preset).sample, null, 2);
  if (sample !== null) return sample;
  throw new CommandError(
    'Give a payload as your tool sends it, on which the mapping is tried: --payload FILE.',
    EXIT.usage,
  );
}

function presetOf(name: string): MappingPreset {
  const found = MAPPING_PRESETS.find(({ id }) => id === name.toLowerCase());
  if (found) return found;
  throw new CommandError(
    `There is no preset ${name}. There are: ${MAPPING_PRESETS.map(({ id }) => id).join(', ')}.`,
    EXIT.usage,
  );
}

function sinceOf(changedAt: string | null, io: Io): string {
  return changedAt === null ? 'as it is at first' : `changed ${moment(changedAt, io.now())}`;
}
