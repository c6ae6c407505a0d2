import { formatDuration } from '#kernel/duration.ts';
import {
  changeEscalationPolicy,
  createEscalationPolicy,
  deleteEscalationPolicy,
  type EscalationPolicyView,
  type EscalationStepView,
  type EscalationTargetView,
  listEscalationPolicies,
  ownHoursWords,
} from '#respond/contract';
import type { Api } from '../api.ts';
import { type Book, everyOne, readBook } from '../book.ts';
import { readDocument, writeYaml } from '../document/file.ts';
import { idWhereNeeded, matchAll } from '../document/match.ts';
import { policiesFile, policyFromFile, policyToFile } from '../document/policies.ts';
import { EXIT, type Io, type Outcome } from '../io.ts';
import { columns, count } from '../text.ts';

export type ApplyOptions = { readonly dryRun?: boolean; readonly prune?: boolean };

/** Every escalation policy in a line: its steps, and how many services name it. */
export async function policies(api: Api): Promise<Outcome> {
  const items = await readPolicies(api);
  const rows = items.map(({ name, isDefault, version, steps, serviceIds }) => [
    isDefault ? `${name} (default)` : name,
    `version ${version}`,
    count(steps.length, 'step'),
    count(serviceIds.length, 'service'),
  ]);
  return { text: columns(rows), data: items };
}

/** One policy, step by step, in words. */
export async function showPolicy(api: Api, name: string): Promise<Outcome> {
  const [items, book] = await Promise.all([
    readPolicies(api),
    readBook(api, 'policy', 'person', 'team', 'schedule', 'channel', 'service'),
  ]);
  const id = book.idOf('policy', name);
  const policy = items.find((one) => one.id === id);
  return { text: policy ? describe(policy, book) : '', data: policy ?? null };
}

/** Policies as YAML, with names in the place of ids; without a name all of them. */
export async function exportPolicies(api: Api, name: string | undefined): Promise<Outcome> {
  const [items, book] = await Promise.all([
    readPolicies(api),
    readBook(api, 'policy', 'person', 'team', 'schedule', 'channel'),
  ]);
  const only = name === undefined ? null : book.idOf('policy', name);
  const file = {
    policies: items
      .filter(({ id }) => only === null || id === only)
      .map((policy) => ({ ...idWhereNeeded(policy, items), ...policyToFile(policy, book) })),
  };
  return {
    text: writeYaml('Escalation policies of Allclear. Apply with: allclear policies apply FILE', file),
    data: file,
  };
}

/**
 * Makes policies what a file says, each by its name or id; those that it does not name stay, unless `prune`. With `dryRun` it says
 * what would change, changes nothing, and exits with 3 when something would.
 */
export async function applyPolicies(api: Api, io: Io, file: string, options: ApplyOptions): Promise<Outcome> {
  const [document, items, book] = await Promise.all([
    readDocument(io, file, policiesFile),
    readPolicies(api),
    readBook(api, 'person', 'team', 'schedule', 'channel'),
  ]);
  // All of the file is understood before the first policy is written.
  const matched = matchAll('escalation policy', document.policies, items);
  const plans = document.policies.map((written, i) => planOf(policyFromFile(written, book), matched[i], book));
  const gone = options.prune === true ? items.filter((item) => !item.isDefault && !matched.includes(item)) : [];
  const changes = [
    ...gone.map(({ name }) => `- ${name}`),
    ...plans.flatMap(({ mark, draft }) => (mark === '=' ? [] : [`${mark} ${draft.name}`])),
  ];
  if (changes.length === 0) return { text: 'The policies are what the file says.', data: { changes, applied: false } };
  if (options.dryRun === true)
    return {
      text: [...changes, 'Nothing is changed: this was a dry run.'].join('\n'),
      data: { changes, applied: false },
      exitCode: EXIT.attention,
    };
  for (const { mark, draft, same } of plans) {
    if (same === undefined) await api.call(createEscalationPolicy, { body: draft });
    else if (mark === '~')
      await api.call(changeEscalationPolicy, { params: { id: same.id }, body: { ...draft, version: same.version } });
  }
  for (const { id } of gone) await api.call(deleteEscalationPolicy, { params: { id } });
  return {
    text: [...changes, 'Pages that run keep the version they began with.'].join('\n'),
    data: { changes, applied: true },
  };
}

function planOf(draft: ReturnType<typeof policyFromFile>, same: EscalationPolicyView | undefined, book: Book) {
  const equal =
    same !== undefined && JSON.stringify(policyToFile(same, book)) === JSON.stringify(policyToFile(draft, book));
  return { draft, same, mark: same === undefined ? '+' : equal ? '=' : '~' } as const;
}

function readPolicies(api: Api): Promise<EscalationPolicyView[]> {
  return everyOne((query) => api.call(listEscalationPolicies, { query }));
}

function describe(policy: EscalationPolicyView, book: Book): string {
  const { name, version, isDefault, steps, repeatCount, acknowledgement, acknowledgeTimeoutSeconds: again } = policy;
  const ends = [
    repeatCount > 0 ? `Then again from step 1, up to ${repeatCount} times.` : 'Then it ends.',
    ...(acknowledgement === 'all' ? ['Everybody who is asked has to acknowledge.'] : []),
    ...(again === null ? [] : [`It pages again ${formatDuration(again)} after the last word of whoever acknowledged.`]),
    ...(policy.fallback.length === 0
      ? []
      : [`When nobody can be reached: ${policy.fallback.map((target) => whom(target, book)).join(', ')}.`]),
  ];
  const services = policy.serviceIds.map(book.titleOf).join(', ');
  return [
    `${name}, version ${version}${isDefault ? ', the default' : ''}`,
    ...steps.map((step, i) => `${i + 1}. ${stepWords(step, book)}`),
    ...ends,
    ...(services === '' ? [] : [`Used by ${services}.`]),
  ].join('\n');
}

function stepWords(step: EscalationStepView, book: Book): string {
  const asked = step.targets.map((target) => whom(target, book)).join(', ') || 'nobody';
  const only = [
    ...(step.onlyUrgency === null ? [] : [`for ${step.onlyUrgency} urgency`]),
    ...(step.onlyHours === null ? [] : [hoursText(step.onlyHours)]),
  ];
  return [
    step.ask === 'round-robin' ? `one of ${asked}, by turns` : asked,
    `waits ${formatDuration(step.delaySeconds)}${step.untilBusinessHours ? ', not before business hours' : ''}`,
    ...(only.length > 0 ? [`only ${only.join(', ')}`] : []),
  ].join('; ');
}

function hoursText(hours: NonNullable<EscalationStepView['onlyHours']>): string {
  if (typeof hours !== 'string') return ownHoursWords(hours);
  return hours === 'business' ? 'in business hours' : 'outside business hours';
}

function whom(target: EscalationTargetView, book: Book): string {
  switch (target.kind) {
    case 'user':
      return book.titleOf(target.userId);
    case 'team':
      return `everybody in ${book.titleOf(target.teamId)}`;
    case 'schedule': {
      const who = { current: 'on call by', next: 'next by', everybody: 'everybody in' }[target.who];
      return `${who} ${book.titleOf(target.scheduleId)}`;
    }
    case 'channel':
      return `the channel ${book.titleOf(target.noticeChannelId)}`;
    default:
      return target satisfies never;
  }
}
