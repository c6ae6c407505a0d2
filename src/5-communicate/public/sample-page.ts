import { headlineOf } from './headline.ts';
import type {
  ComponentStatus,
  ConfirmedStatus,
  PublicComponent,
  PublicDay,
  PublicIncident,
  PublicPage,
} from './page.ts';
import { uptimeOf } from './uptime.ts';

/** Made-up pages for tests, benches and pictures. Everything hangs on one fixed instant. */
const SAMPLE_NOW = '2026-11-23T14:27:08.000Z';
const DAYS = 90;

export function sampleDays(trouble: Readonly<Record<number, Partial<PublicDay>>> = {}): PublicDay[] {
  const today = Temporal.PlainDate.from('2026-11-23');
  return Array.from({ length: DAYS }, (_, index) => ({
    date: today.subtract({ days: DAYS - 1 - index }).toString(),
    worst: 'operational',
    downSeconds: 0,
    maintenanceSeconds: 0,
    unknownSeconds: 0,
    observedSeconds: index === DAYS - 1 ? 52_028 : 86_400,
    incidents: [],
    ...trouble[index],
  }));
}

export function sampleComponent(
  id: string,
  name: string,
  status: ComponentStatus = 'operational',
  rest: Partial<PublicComponent> = {},
): PublicComponent {
  const days = rest.days ?? sampleDays();
  const confirmedStatus: ConfirmedStatus = status === 'unknown' ? 'operational' : status;
  return {
    id,
    name,
    description: null,
    status,
    confirmedStatus,
    statusSince: '2026-11-23T14:21:00.000Z',
    position: 1,
    createdAt: '2026-01-05T09:00:00.000Z',
    updatedAt: '2026-11-23T14:21:00.000Z',
    days,
    uptime: uptimeOf(days),
    ...rest,
  };
}

export function sampleIncident(rest: Partial<PublicIncident> = {}): PublicIncident {
  return {
    id: 'inc_sample1',
    name: 'Failed checkouts in Europe',
    status: 'identified',
    impact: 'major',
    createdAt: '2026-11-23T14:02:00.000Z',
    updatedAt: '2026-11-23T14:19:00.000Z',
    startedAt: '2026-11-23T13:58:00.000Z',
    monitoringAt: null,
    resolvedAt: null,
    nextUpdate: { by: '2026-11-23T14:34:00.000Z', state: 'due' },
    componentIds: ['cmp_checkout'],
    updates: [
      {
        id: 'upd_2',
        status: 'identified',
        body: 'A faulty release is being rolled back. Checkouts in other regions are not affected.',
        displayAt: '2026-11-23T14:19:00.000Z',
        createdAt: '2026-11-23T14:19:00.000Z',
        updatedAt: '2026-11-23T14:19:00.000Z',
        components: [],
        notified: true,
      },
      {
        id: 'upd_1',
        status: 'investigating',
        body: 'We are investigating failed checkouts for some customers in **Europe**. Next update at 14:21 UTC.',
        displayAt: '2026-11-23T14:06:00.000Z',
        createdAt: '2026-11-23T14:06:00.000Z',
        updatedAt: '2026-11-23T14:06:00.000Z',
        components: [{ componentId: 'cmp_checkout', name: 'Checkout', from: 'operational', to: 'partial_outage' }],
        notified: true,
      },
    ],
    ...rest,
  };
}

export function samplePast(id: string, name: string, startedAt: string, minutes: number): PublicIncident {
  const resolvedAt = new Date(Date.parse(startedAt) + minutes * 60_000).toISOString();
  return sampleIncident({
    id,
    name,
    status: 'resolved',
    startedAt,
    createdAt: startedAt,
    updatedAt: resolvedAt,
    resolvedAt,
    nextUpdate: null,
    updates: [
      {
        id: `upd_${id}`,
        status: 'resolved',
        body: 'Service is restored. We go on looking for the cause and will publish a postmortem.',
        displayAt: resolvedAt,
        createdAt: resolvedAt,
        updatedAt: resolvedAt,
        components: [{ componentId: 'cmp_checkout', name: 'Checkout', from: 'partial_outage', to: 'operational' }],
        notified: true,
      },
    ],
  });
}

/** A page with the given parts; the headline follows from them unless it is given. */
export function samplePage(parts: Partial<PublicPage> = {}): PublicPage {
  const components = parts.components ?? [
    sampleComponent('cmp_checkout', 'Checkout'),
    sampleComponent('cmp_api', 'Payments API'),
  ];
  const activeIncidents = parts.activeIncidents ?? [];
  return {
    id: 'page_sample',
    name: 'Acme status',
    slug: 'public',
    url: 'https://status.example.com/s/public',
    timeZone: 'UTC',
    generatedAt: SAMPLE_NOW,
    updatedAt: '2026-11-23T14:21:00.000Z',
    headline: headlineOf(components, activeIncidents),
    takesReports: false,
    pastIncidents: [],
    postmortems: [],
    ...parts,
    components,
    activeIncidents,
  };
}
