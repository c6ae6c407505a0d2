import type { ColumnType } from 'kysely';
import type { SaidStatus } from './component/contract.ts';
import type { ComponentStatus, Impact } from './public/page.ts';
import type { UpdateStatus } from './update/contract.ts';

type Json<T> = ColumnType<T, string, string>;

/** The rows of this stage. */
export type CommunicateTables = {
  statusPage: {
    workspaceId: string;
    id: string;
    name: string;
    slug: string;
    timeZone: string;
    published: boolean;
    /** The alert source of its form "Report a problem"; null = the form is off. */
    reportSourceId: string | null;
    createdAt: Date;
    changedAt: Date;
  };
  component: {
    workspaceId: string;
    id: string;
    statusPageId: string;
    serviceId: string | null;
    name: string;
    description: string | null;
    position: number;
    status: SaidStatus;
    statusSince: Date;
    saidByIncidentId: string | null;
    createdAt: Date;
    updatedAt: Date;
    removedAt: Date | null;
  };
  componentInterval: {
    workspaceId: string;
    componentId: string;
    status: SaidStatus;
    incidentId: string | null;
    startedAt: Date;
    endedAt: Date | null;
  };
  publicIncident: {
    workspaceId: string;
    incidentId: string;
    title: string;
    status: UpdateStatus;
    impact: Exclude<Impact, 'maintenance'>;
    startedAt: Date;
    createdAt: Date;
    updatedAt: Date;
    monitoringAt: Date | null;
    resolvedAt: Date | null;
    nextUpdateBy: Date | null;
  };
  publicIncidentPage: { workspaceId: string; incidentId: string; statusPageId: string };
  incidentUpdate: {
    workspaceId: string;
    id: string;
    incidentId: string;
    title: string;
    status: UpdateStatus;
    body: string;
    components: Json<{ id: string; name: string; from: ComponentStatus; to: ComponentStatus }[]>;
    statusPageIds: string[];
    postedAt: Date;
    postedBy: string | null;
    nextUpdateBy: Date | null;
    notify: boolean;
    drill: boolean;
  };
  publicPostmortem: { workspaceId: string; incidentId: string; title: string; body: string; publishedAt: Date };
  subscriber: {
    workspaceId: string;
    id: string;
    statusPageId: string;
    email: string;
    state: 'pending' | 'confirmed' | 'unsubscribed';
    componentIds: string[] | null;
    linkKey: string;
    askedAt: Date | null;
    createdAt: Date;
    confirmedAt: Date | null;
    unsubscribedAt: Date | null;
  };
};
