import type { Severity } from '#declare/contract';
import type { Urgency } from '../contact-method/contract.ts';
import type { PolicyDocument } from '../escalation/policy.ts';
import type { PageCause, PageState } from './contract.ts';

/** One demand for a responder's attention, pinned to the policy document it began with. */
export type Page = {
  readonly id: string;
  readonly title: string;
  readonly state: PageState;
  readonly cause: PageCause;
  readonly urgency: Urgency;
  readonly severity: Severity | null;
  readonly drill: boolean;
  readonly alertId: string | null;
  readonly incidentId: string | null;
  readonly serviceId: string | null;
  /** Who asked by hand, and in which words; null when nobody did. */
  readonly askedBy: string | null;
  readonly note: string | null;
  readonly policyId: string | null;
  readonly policyVersion: number | null;
  readonly document: PolicyDocument;
  readonly policyName: string;
  /** Index into the steps, from 0; -1 before the first. */
  readonly step: number;
  readonly cycle: number;
  readonly createdAt: Date;
  readonly startsAt: Date;
  readonly nextStepAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedChannel: string | null;
  readonly stoppedAt: Date | null;
  readonly stopReason: string | null;
};

/** Not over: it asks, or somebody is on it. */
export const LIVE_STATES = ['held', 'open', 'acknowledged'] as const satisfies readonly PageState[];
/** It still wants somebody. */
export const ASKING_STATES = ['held', 'open'] as const satisfies readonly PageState[];

/** What stands before everything that a drill sends. */
export function drillMark(drill: boolean): string {
  return drill ? 'DRILL ' : '';
}
