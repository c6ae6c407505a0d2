import { createHash } from 'node:crypto';
import { allows } from '#access';
import { AppError } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import type { MonitorKind } from '../kind/kinds.ts';
import { faultOfScript } from '../monitor/refuse-unreadable.ts';
import { upstreamOf } from '../service/dependency.ts';
import {
  CONFIG_SECTIONS,
  type ConfigChange,
  type ConfigFiles,
  type ConfigItem,
  type ConfigPlan,
  type ConfigSection,
} from './contract.ts';
import type { Entry, Fields } from './entry.ts';
import { readEntries } from './read-entries.ts';
import { collectFaults, type Faults } from './faults.ts';
import { type Here, readHereNow } from './here.ts';
import { type Labelled, labelAll } from './label.ts';
import { differences, fieldsOf, type Scope, type Thing, type Wanted, withoutDefaults } from './section.ts';
import { sectionOf } from './sections.ts';

/** One thing of a plan, with how it is carried out. */
export type Step = {
  readonly item: ConfigItem;
  readonly entry: Entry | null;
  readonly thing: Thing | null;
  readonly wanted: Wanted | null;
};

export type WorkedOut = {
  readonly plan: ConfigPlan;
  readonly steps: readonly Step[];
  readonly here: Here;
  /** What is here, by section and label. */
  readonly known: ReadonlyMap<string, string>;
};

export const placeOf = (section: ConfigSection, label: string) => `${section} ${label}`;

/** What files would do here. Refuses with every fault that they have; changes nothing. */
export async function workOut(ctx: Ctx, asked: ConfigFiles): Promise<WorkedOut> {
  const faults = collectFaults();
  const { set, entries } = readEntries(asked, faults);
  // What cannot be read makes everything that names it look wrong.
  faults.settle();
  const here = await readHereNow(ctx);
  const labelled = labelAll(here, set);
  const steps = stepsOf(ctx, { set, entries, here, labelled, faults });
  await refuseUnreadableScripts(steps, faults);
  refuseSameSlugs(steps, faults);
  refuseCircles(steps, here, labelsById(labelled), faults);
  refuseLeftMonitors(steps, here, asked.files[0]?.name ?? '', faults);
  faults.settle();
  requirePermissions(ctx, steps);
  const items = steps.map(({ item }) => item);
  const count = (action: ConfigItem['action']) => items.filter((item) => item.action === action).length;
  return {
    steps,
    here,
    known: new Map(labelled.map(({ section, label, thing }) => [placeOf(section, label), thing.id])),
    plan: {
      set,
      fingerprint: fingerprintOf(set, asked, items),
      counts: {
        add: count('add'),
        change: count('change'),
        remove: count('remove'),
        unchanged: count('unchanged'),
        adopted: items.filter(({ adopted }) => adopted).length,
      },
      items: [
        ...items.filter(({ action }) => action !== 'unchanged'),
        ...items.filter(({ action }) => action === 'unchanged'),
      ],
    },
  };
}

type Material = {
  readonly set: string;
  readonly entries: readonly Entry[];
  readonly here: Here;
  readonly labelled: readonly Labelled[];
  readonly faults: Faults;
};

function stepsOf(ctx: Ctx, { set, entries, here, labelled, faults }: Material): Step[] {
  const named = new Set(entries.map(({ section, key }) => placeOf(section, key)));
  const present = new Map(labelled.map((one) => [placeOf(one.section, one.label), one]));
  const removed = labelled.filter(
    (one) => one.set === set && !one.thing.over && !named.has(placeOf(one.section, one.label)),
  );
  const scope: Scope = {
    ctx,
    here,
    faults,
    labelOf: labelsById(labelled),
    refer: referrer(named, labelled, new Set(removed.map(({ thing }) => thing.id)), faults),
  };
  // Whatever the order of the files: what is named is made before what names it.
  const inOrder = CONFIG_SECTIONS.flatMap((section) => entries.filter((entry) => entry.section === section));
  const steps = inOrder.flatMap((entry): Step[] => {
    const one = present.get(placeOf(entry.section, entry.key));
    const step = stepOf(entry, one ?? null, scope);
    return step === null ? [] : [step];
  });
  return [
    ...steps,
    ...removed.map(({ section, label, thing }) => ({
      entry: null,
      thing,
      wanted: null,
      item: {
        section,
        key: label,
        name: thing.name,
        action: 'remove' as const,
        id: thing.id,
        file: null,
        line: null,
        changes: [],
        adopted: false,
      },
    })),
  ];
}

function stepOf(entry: Entry, here: Labelled | null, scope: Scope): Step | null {
  const section = sectionOf[entry.section];
  const parsed = section.parse(entry.value, entry.key);
  if (!parsed.ok) {
    for (const { path, message } of parsed.issues) scope.faults.add(entry, path, message);
    return null;
  }
  const thing = here?.thing ?? null;
  const wanted = thing === null ? section.create(entry, parsed.fields, scope) : thing.read(entry, parsed.fields, scope);
  if (wanted === null) return null;
  const changes =
    thing === null
      ? fieldsOf(withoutDefaults(section, entry.key, masked(parsed.fields, wanted.state)))
      : changesOf(thing.state(scope), wanted);
  return {
    entry,
    thing,
    wanted,
    item: {
      section: entry.section,
      key: entry.key,
      name: wanted.name,
      action: thing === null ? 'add' : changes.length > 0 ? 'change' : 'unchanged',
      id: thing?.id ?? null,
      file: entry.file,
      line: entry.lineOf([]),
      changes,
      adopted: here !== null && here.set === null,
    },
  };
}

/** What an entry says, in the words in which it is shown: with its secrets hidden and its address without an account. */
function masked(fields: Fields, state: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, Object.hasOwn(state, name) ? state[name] : value]),
  );
}

function changesOf(before: Fields, { state, secrets }: Wanted): ConfigChange[] {
  const changes = differences(before, state);
  const told = new Set(changes.map(({ field }) => field.toLowerCase()));
  return [
    ...changes,
    ...secrets.filter((field) => !told.has(field.toLowerCase())).map((field) => ({ field, secret: true })),
  ];
}

function labelsById(labelled: readonly Labelled[]): (id: string) => string {
  const labels = new Map(labelled.map(({ thing, label }) => [thing.id, label]));
  return (id) => labels.get(id) ?? id;
}

const NOUNS: Readonly<Record<ConfigSection, string>> = {
  services: 'service',
  monitors: 'monitor',
  slos: 'SLO',
  maintenance: 'maintenance',
};

/** Finds by a key of the files, then by what something here is called, its id, and its name where one alone has it. */
function referrer(
  named: ReadonlySet<string>,
  labelled: readonly Labelled[],
  removed: ReadonlySet<string>,
  faults: Faults,
): Scope['refer'] {
  const byPlace = new Map<string, Labelled[]>();
  const put = (place: string, one: Labelled) => byPlace.set(place, [...(byPlace.get(place) ?? []), one]);
  for (const one of labelled) {
    put(`label ${placeOf(one.section, one.label)}`, one);
    put(`id ${placeOf(one.section, one.thing.id)}`, one);
    put(`name ${placeOf(one.section, one.thing.name.toLowerCase())}`, one);
  }
  return (entry, path, section, text) => {
    if (named.has(placeOf(section, text))) return text;
    const found = [
      `label ${placeOf(section, text)}`,
      `id ${placeOf(section, text)}`,
      `name ${placeOf(section, text.toLowerCase())}`,
    ]
      .map((place) => byPlace.get(place) ?? [])
      .find((ones) => ones.length > 0);
    const [one, second] = found ?? [];
    const refuse = (message: string) => {
      faults.add(entry, path, message);
      return null;
    };
    if (one === undefined) return refuse(`there is no ${NOUNS[section]} ${text}, neither in the files nor here`);
    if (second !== undefined)
      return refuse(`several are called ${text}: ${found?.map(({ thing }) => thing.id).join(', ')}`);
    if (removed.has(one.thing.id)) return refuse(`${text} is no longer in the files, and would be removed`);
    return one.label;
  };
}

/** So many scripts that take long to be refused are enough to say so. */
const MOST_SCRIPTS = 5;

/** What an unchanged monitor runs was read when it was made. */
async function refuseUnreadableScripts(steps: readonly Step[], faults: Faults): Promise<void> {
  let refused = 0;
  for (const { item, entry, wanted } of steps) {
    if (item.section !== 'monitors' || item.action === 'unchanged' || entry === null || wanted === null) continue;
    const { kind, options } = wanted.state as { kind: MonitorKind; options?: Fields };
    const fault = await faultOfScript(kind, options);
    if (fault === null) continue;
    faults.add(entry, ['options', 'script'], fault);
    refused += 1;
    if (refused === MOST_SCRIPTS) return;
  }
}

/** Two new services cannot have one slug; what is here is looked at by each entry itself. */
function refuseSameSlugs(steps: readonly Step[], faults: Faults): void {
  const known = new Map<unknown, string>();
  for (const { item, entry, wanted } of steps) {
    if (item.section !== 'services' || entry === null) continue;
    const slug = wanted?.state['slug'];
    const before = known.get(slug);
    if (before !== undefined)
      faults.add(entry, ['slug'], `is the slug of ${before} as well; give this service another`);
    known.set(slug, item.key);
  }
}

/** The services as they would need each other, those that no file names included. */
function refuseCircles(steps: readonly Step[], here: Here, labelOf: (id: string) => string, faults: Faults): void {
  const services = steps.filter(({ item }) => item.section === 'services');
  const stepped = new Set(services.map(({ item }) => item.key));
  const needs = [
    ...services.flatMap(({ item, wanted }) =>
      ((wanted?.state['dependsOn'] ?? []) as string[]).map((label) => ({ serviceId: item.key, dependsOnId: label })),
    ),
    ...here.dependencies
      .map(({ serviceId, dependsOnId }) => ({ serviceId: labelOf(serviceId), dependsOnId: labelOf(dependsOnId) }))
      .filter(({ serviceId }) => !stepped.has(serviceId)),
  ];
  const isRound = (label: string) =>
    upstreamOf(needs, label).some((one) => needs.some((need) => need.serviceId === one && need.dependsOnId === label));
  const first = services.find(({ item, entry, wanted }) => {
    const own = (wanted?.state['dependsOn'] ?? []) as string[];
    return entry !== null && own.length > 0 && (own.includes(item.key) || isRound(item.key));
  });
  if (first?.entry)
    faults.add(first.entry, ['dependsOn'], 'leads back to the service itself, so this would be a circle');
}

/** A service that goes takes no monitor with it. */
function refuseLeftMonitors(steps: readonly Step[], here: Here, file: string, faults: Faults): void {
  const byId = new Map(steps.flatMap((step) => (step.thing === null ? [] : [[step.thing.id, step] as const])));
  for (const { item } of steps) {
    if (item.section !== 'services' || item.action !== 'remove') continue;
    const left = here.monitors.filter(({ id, serviceId }) => {
      const step = byId.get(id);
      return (
        serviceId === item.id &&
        step?.item.action !== 'remove' &&
        (step?.wanted?.state['service'] ?? item.key) === item.key
      );
    });
    const [first] = left;
    if (first === undefined) continue;
    const others = left.length === 1 ? '' : ` and ${left.length - 1} others`;
    faults.addAt(
      file,
      1,
      [item.section, item.key],
      `is no longer in the files, but ${first.name}${others} would stay behind on it; move them, or name it`,
    );
  }
}

/** Everything that a plan does has a permission of its own on the screens, too. */
function requirePermissions({ actor }: Ctx, steps: readonly Step[]): void {
  if (actor.kind === 'system') return;
  const touched = new Set(steps.filter(({ item }) => item.action !== 'unchanged').map(({ item }) => item.section));
  const needed = {
    services: 'services.manage',
    monitors: 'monitors.manage',
    slos: 'monitors.manage',
    maintenance: 'services.manage',
  } as const;
  const missing = CONFIG_SECTIONS.find((section) => touched.has(section) && !allows(actor.role, needed[section]));
  if (missing !== undefined) throw new AppError('forbidden', `You may not change ${missing}.`);
}

/** Of two plans that do the same to the same, the fingerprints are the same. */
function fingerprintOf(set: string, asked: ConfigFiles, items: readonly ConfigItem[]): string {
  const deeds = items.map(({ section, key, action, id, changes, adopted }) => [
    section,
    key,
    action,
    id,
    changes,
    adopted,
  ]);
  const said = [set, asked.files, Object.entries(asked.variables).toSorted(), deeds];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
