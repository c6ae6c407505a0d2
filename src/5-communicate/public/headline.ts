import type { ComponentStatus, Headline, PublicComponent, PublicIncident } from './page.ts';
import { IMPACT_STATUS, isImpaired, isWorse, STATUS_LABEL, worstOf } from './status.ts';

type Line = Pick<PublicComponent, 'name' | 'status'>;
type Trouble = Pick<PublicIncident, 'name' | 'status' | 'impact'>;

/** The one sentence that a customer came for. Green only when every component is seen and nothing is open. */
export function headlineOf(components: readonly Line[], incidents: readonly Trouble[]): Headline {
  const impaired = components.filter((component) => isImpaired(component.status));
  const unknown = components.filter((component) => component.status === 'unknown');
  const maintained = components.filter((component) => component.status === 'under_maintenance');
  const worst = worstOf(impaired.map((component) => component.status));
  if (worst && incidents.length > 0 && incidents.every((incident) => incident.status === 'monitoring')) {
    return watchingHeadline(impaired, components);
  }
  if (worst) return impairedHeadline(worst, impaired, components, incidents);
  if (incidents.length > 0) return incidentHeadline(incidents, restSentence(components, []));
  if (components.length === 0) {
    return { state: 'unknown', title: 'Nothing is listed here yet', detail: 'This page has no components so far.' };
  }
  if (unknown.length > 0) return unknownHeadline(unknown, components);
  if (maintained.length > 0) {
    return {
      state: 'under_maintenance',
      title: `${namesOf(maintained)} ${maintained.length === 1 ? 'is' : 'are'} under planned maintenance`,
      detail: restSentence(components, maintained),
    };
  }
  return { state: 'operational', title: 'All systems operational', detail: '' };
}

const WATCHING = 'Service is restored, and we are watching it';

const CONDITION = {
  operational: 'working',
  unknown: 'out of our sight',
  under_maintenance: 'under maintenance',
  degraded_performance: 'degraded',
  partial_outage: 'partly down',
  major_outage: 'down',
} as const satisfies Record<ComponentStatus, string>;

function impairedHeadline(
  worst: ComponentStatus,
  impaired: readonly Line[],
  components: readonly Line[],
  incidents: readonly Trouble[],
): Headline {
  const loudest = impaired.filter((component) => component.status === worst);
  const others = impaired.filter((component) => component.status !== worst);
  const byIncident = incidents.map((incident) => IMPACT_STATUS[incident.impact]);
  const state = worstOf([worst, ...byIncident.filter((status) => isWorse(status, worst))]) ?? worst;
  const also = others.length === 0 ? '' : `${namesOf(others)} ${others.length === 1 ? 'has' : 'have'} trouble too.`;
  return {
    state,
    title: `${namesOf(loudest)} ${loudest.length === 1 ? 'is' : 'are'} ${CONDITION[worst]}`,
    detail: [also, restSentence(components, impaired)].filter(Boolean).join(' '),
  };
}

/** Restored, but the components stay marked until we are sure: the words come first, and nothing is green yet. */
function watchingHeadline(impaired: readonly Line[], components: readonly Line[]): Headline {
  const marked = `${namesOf(impaired)} ${impaired.length === 1 ? 'stays' : 'stay'} marked until we are sure.`;
  return {
    state: 'degraded_performance',
    title: WATCHING,
    detail: [marked, restSentence(components, impaired)].filter(Boolean).join(' '),
  };
}

/** An incident is open although no component is marked: either it is being looked into, or mended and watched. */
function incidentHeadline(incidents: readonly Trouble[], detail: string): Headline {
  const [first] = incidents;
  const state = worstOf(['degraded_performance', ...incidents.map((incident) => IMPACT_STATUS[incident.impact])]);
  const watched = incidents.every((incident) => incident.status === 'monitoring');
  if (watched) return { state: 'degraded_performance', title: WATCHING, detail };
  if (first && incidents.length === 1) return { state: state ?? 'degraded_performance', title: first.name, detail: '' };
  return {
    state: state ?? 'degraded_performance',
    title: `We are working on ${incidents.length} incidents`,
    detail: '',
  };
}

function unknownHeadline(unknown: readonly Line[], components: readonly Line[]): Headline {
  const all = unknown.length === components.length;
  return {
    state: 'unknown',
    title:
      all && components.length > 1
        ? 'We cannot see our systems right now'
        : `We cannot see ${namesOf(unknown)} right now`,
    detail: all
      ? 'Our monitoring has no answer. That does not mean that anything is down.'
      : `${restSentence(components, unknown)} That does not mean that it is down.`,
  };
}

/** What holds for the components that the sentence did not name. */
function restSentence(components: readonly Line[], named: readonly Line[]): string {
  const rest = components.filter((component) => !named.includes(component));
  if (rest.length === 0) return '';
  const working = rest.filter((component) => component.status === 'operational');
  if (working.length === rest.length) return named.length === 0 ? 'All components work.' : 'Everything else works.';
  const counts = [
    ...(working.length > 0 ? [count(working.length, 'works', 'work')] : []),
    ...(['unknown', 'under_maintenance'] as const).flatMap((status) => {
      const found = rest.filter((component) => component.status === status).length;
      const label = STATUS_LABEL[status].toLowerCase();
      return found === 0 ? [] : [count(found, `is ${label}`, `are ${label}`)];
    }),
  ];
  return `Of the other components, ${listOf(counts)}.`;
}

function namesOf(components: readonly Line[]): string {
  if (components.length > 3) return `${components.length} components`;
  return listOf(components.map((component) => component.name));
}

function listOf(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
