import {
  outcomeSentences,
  readRouting,
  type RouteTrialView,
  type RoutingView,
  saveRouting,
  sentenceOf,
  tryRouting,
} from '#detect/contract';
import type { Api } from '../api.ts';
import { readBook } from '../book.ts';
import { readDocument, readText, writeYaml } from '../document/file.ts';
import { routingChanges, routingFile, routingFromFile, routingToFile } from '../document/routing.ts';
import { EXIT, type Io, type Outcome } from '../io.ts';
import { formatDuration } from '#kernel/duration.ts';
import { timeOf } from '../time.ts';

export type TestOptions = {
  readonly source?: string;
  readonly alert?: string;
  readonly at?: string;
  readonly rules?: string;
};

/** The rules in their order: what each asks and does, and where the rest goes. */
export async function routes(api: Api): Promise<Outcome> {
  const [routing, book] = await Promise.all([api.call(readRouting, {}), readBook(api, 'service', 'source', 'policy')]);
  const lines = routing.routes.flatMap((route, i) => [
    `${i + 1}. ${route.name}${route.enabled ? '' : ' (off)'}`,
    ...(route.match.length === 0
      ? ['     every alert']
      : route.match.map((condition) => `     ${sentenceOf(condition, book.titleOf)}`)),
    ...outcomeSentences(route.outcome, book.titleOf).map((sentence) => `   → ${sentence}`),
  ]);
  return { text: [...lines, restOf(routing, book.titleOf)].join('\n'), data: routing };
}

/** What the rules would do with a payload, or with an alert that is there: each rule, and why. Stores nothing. */
export async function testRoutes(api: Api, io: Io, file: string | undefined, options: TestOptions): Promise<Outcome> {
  const book = await readBook(api, 'service', 'source', 'policy');
  const draft =
    options.rules === undefined
      ? {}
      : {
          routes: routingFromFile(
            await readDocument(io, options.rules, routingFile),
            await api.call(readRouting, {}),
            book,
          ).routes,
        };
  const { items } = await api.call(tryRouting, {
    body: {
      ...(options.alert === undefined ? { payload: await readText(io, file ?? '-') } : { alertId: options.alert }),
      ...(options.source === undefined ? {} : { sourceId: book.idOf('source', options.source) }),
      ...(options.at === undefined ? {} : { at: timeOf('at', options.at, io.now()).toISOString() }),
      ...draft,
    },
  });
  const text = items.length === 0 ? 'It would raise no alert.' : items.map(describe).join('\n\n');
  return { text, data: { items } };
}

/** The rules as YAML, with names in the place of ids, for a file that lives in a repository. */
export async function exportRoutes(api: Api): Promise<Outcome> {
  const [routing, book] = await Promise.all([api.call(readRouting, {}), readBook(api, 'service', 'source', 'policy')]);
  const file = routingToFile(routing, book);
  return { text: writeYaml('Rules of Allclear. Apply with: allclear routes apply FILE', file), data: file };
}

/**
 * Makes the rules what a file says, as a whole. With `dryRun` it says what would change, changes nothing, and exits with 3
 * when something would.
 */
export async function applyRoutes(api: Api, io: Io, file: string, { dryRun = false }: { readonly dryRun?: boolean }) {
  const [document, now, book] = await Promise.all([
    readDocument(io, file, routingFile),
    api.call(readRouting, {}),
    readBook(api, 'service', 'source', 'policy'),
  ]);
  const draft = routingFromFile(document, now, book);
  const changes = routingChanges(routingToFile(now, book), routingToFile(draft, book));
  if (changes.length === 0) return { text: 'The rules are what the file says.', data: { changes, applied: false } };
  if (dryRun)
    return {
      text: [...changes, 'Nothing is changed: this was a dry run.'].join('\n'),
      data: { changes, applied: false },
      exitCode: EXIT.attention,
    };
  const saved = await api.call(saveRouting, { body: { version: now.version, ...draft } });
  return {
    text: [...changes, `The rules are in use, as version ${saved.version}.`].join('\n'),
    data: { changes, applied: true, version: saved.version },
  };
}

const MARKS = { decides: '→', 'no-match': '✗', passed: '·', off: '·' } as const;
const WORDS = {
  decides: 'decides',
  'no-match': 'does not match',
  passed: 'would match, but one above it decides',
  off: 'is off',
} as const;

function describe({ title, severity, labels, routes: rules, outcome }: RouteTrialView): string {
  const named = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  const lines = rules.flatMap(({ name, outcome: verdict, conditions }, i) => [
    `${MARKS[verdict]} ${i + 1}. ${name}: ${WORDS[verdict]}`,
    ...(verdict === 'decides' || verdict === 'no-match'
      ? conditions.map(({ text, holds, found }) => `     ${holds ? '✓' : '✗'} ${text}; it is ${found}`)
      : []),
  ]);
  return [`${title}, ${severity}${named.length > 0 ? ` (${named.join(', ')})` : ''}`, ...lines, ...outcome].join('\n');
}

function restOf({ catchAll }: RoutingView, titleOf: (id: string) => string): string {
  const owner =
    catchAll.policyId === null
      ? 'the default escalation policy'
      : `the escalation policy “${titleOf(catchAll.policyId)}”`;
  return `What no rule takes and has no service belongs to ${owner}, which is asked to look after ${formatDuration(catchAll.clockSeconds)}.`;
}
