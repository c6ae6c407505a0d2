import type { ColumnType } from 'kysely';
import type { Severity } from '#declare';
import type { ChannelKind } from '#delivery';
import type { Urgency } from '../contact-method/contract.ts';
import type { PolicyDocument } from '../escalation/policy.ts';
import type { PageCause, PageState } from './contract.ts';

export type PageTables = {
  page: {
    workspaceId: string;
    id: string;
    title: string;
    state: PageState;
    cause: PageCause;
    urgency: Urgency;
    severity: Severity | null;
    drill: boolean;
    alertId: string | null;
    incidentId: string | null;
    serviceId: string | null;
    /** Who asked by hand, and in which words. */
    askedBy: string | null;
    note: string | null;
    policyId: string | null;
    policyVersion: number | null;
    policyName: string;
    /** JSON text in, parsed object out. */
    document: ColumnType<PolicyDocument, string, never>;
    step: number;
    cycle: number;
    createdAt: Date;
    startsAt: Date;
    nextStepAt: Date | null;
    acknowledgedAt: Date | null;
    acknowledgedBy: string | null;
    acknowledgedChannel: string | null;
    stoppedAt: Date | null;
    stopReason: string | null;
  };
  pageAnswer: {
    workspaceId: string;
    pageId: string;
    userId: string;
    answeredAt: Date;
    channel: string;
  };
  /** What a page told a team channel. */
  pagePost: {
    workspaceId: string;
    pageId: string;
    noticeChannelId: string;
    step: number;
    cycle: number;
    dueAt: Date;
    deliveryId: string;
  };
  pageNotice: {
    workspaceId: string;
    pageId: string;
    userId: string;
    contactMethodId: string;
    step: number;
    cycle: number;
    /** Of the rule that it follows; one method may tell several times. */
    delaySeconds: number;
    kind: ChannelKind;
    /** `folded`: it goes out with others in one message, whose delivery it has once that is written. */
    state: 'planned' | 'queued' | 'cancelled' | 'folded';
    dueAt: Date;
    /** The end of the quiet hours that it waits for. */
    quietUntil: Date | null;
    deliveryId: string | null;
  };
};
