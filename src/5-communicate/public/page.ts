/**
 * The one shape everything public is built from: HTML, JSON, feeds, badge. What is not in here cannot leak. It is plain
 * JSON (instants are ISO 8601 strings with milliseconds and Z), so it can be kept, compared and rendered anywhere.
 */
export type PublicPage = {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  /** Where the page is read, without a trailing slash: `https://status.example.com/s/public`. */
  readonly url: string;
  /** IANA name; days of the bars and all times on the page are cut and shown in it. */
  readonly timeZone: string;
  /** When this picture of the world was taken; a reader's browser measures staleness against it. */
  readonly generatedAt: string;
  /** When something that a reader can see last changed. */
  readonly updatedAt: string;
  readonly headline: Headline;
  /** Whether visitors may report a problem. */
  readonly takesReports: boolean;
  readonly components: readonly PublicComponent[];
  /** Not resolved; newest first. */
  readonly activeIncidents: readonly PublicIncident[];
  /** Resolved; newest first, at most 50. */
  readonly pastIncidents: readonly PublicIncident[];
  /** Newest first. */
  readonly postmortems: readonly PublicPostmortem[];
};

/** `unknown` is ours: we cannot see the component, which says nothing about the component itself. */
export type ComponentStatus =
  | 'operational'
  | 'degraded_performance'
  | 'partial_outage'
  | 'major_outage'
  | 'under_maintenance'
  | 'unknown';

export type ConfirmedStatus = Exclude<ComponentStatus, 'unknown'>;

export type Headline = {
  readonly state: ComponentStatus;
  /** One sentence, without a full stop. */
  readonly title: string;
  readonly detail: string;
};

export type PublicComponent = {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly status: ComponentStatus;
  /** The last status that we could confirm; equal to `status` unless that is unknown. */
  readonly confirmedStatus: ConfirmedStatus;
  /** Since when `status` holds, if known. */
  readonly statusSince: string | null;
  readonly position: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The last 90 calendar days of the page's zone, oldest first; the last one is today. */
  readonly days: readonly PublicDay[];
  /** Over those days, 0 to 1, rounded down to four decimals; null when nothing was observed. */
  readonly uptime: number | null;
};

export type PublicDay = {
  /** Calendar date in the page's zone, `2026-11-23`. */
  readonly date: string;
  /** Null when nothing is known of the day, as before the component existed. */
  readonly worst: ComponentStatus | null;
  readonly downSeconds: number;
  readonly maintenanceSeconds: number;
  readonly unknownSeconds: number;
  /** Neither unknown nor maintenance: the time that uptime is a share of. */
  readonly observedSeconds: number;
  /** Ids of the public incidents that touched the component on this day. */
  readonly incidents: readonly string[];
};

export type IncidentStatus = 'investigating' | 'identified' | 'monitoring' | 'resolved' | 'postmortem';
export type Impact = 'none' | 'minor' | 'major' | 'critical' | 'maintenance';

export type PublicIncident = {
  readonly id: string;
  readonly name: string;
  readonly status: IncidentStatus;
  readonly impact: Impact;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly startedAt: string;
  readonly monitoringAt: string | null;
  readonly resolvedAt: string | null;
  /** What we promised: the time of the next update. `late` = the time has passed without one. */
  readonly nextUpdate: { readonly by: string; readonly state: 'due' | 'late' } | null;
  /** Newest first. */
  readonly updates: readonly PublicUpdate[];
  readonly componentIds: readonly string[];
};

export type PublicUpdate = {
  readonly id: string;
  readonly status: IncidentStatus;
  /** Markdown. */
  readonly body: string;
  readonly displayAt: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly components: readonly ComponentChange[];
  /** Whether subscribers were told. */
  readonly notified: boolean;
};

type ComponentChange = {
  readonly componentId: string;
  readonly name: string;
  readonly from: ComponentStatus;
  readonly to: ComponentStatus;
};

export type PublicPostmortem = {
  readonly incidentId: string;
  readonly title: string;
  readonly publishedAt: string;
  /** Markdown, the edited public copy. */
  readonly body: string;
};
