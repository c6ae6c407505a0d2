import type { ImportItemView, ImportKind } from './contract.ts';
import type { Note, PolicyDraft, StepDraft } from './draft.ts';
import type { ChannelHere } from './places.ts';

/** What is here already, as far as an import is concerned. */
export type Here = {
  readonly members: readonly {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly active: boolean;
  }[];
  /** By name in small letters. */
  readonly teams: ReadonlyMap<string, string>;
  /** By name in small letters. */
  readonly services: ReadonlyMap<string, string>;
  /** By name in small letters. */
  readonly heartbeats: ReadonlyMap<string, string>;
  readonly scheduleNames: ReadonlySet<string>;
  readonly policyNames: ReadonlySet<string>;
  readonly channels: readonly ChannelHere[];
  /** What an earlier import made that is still here. */
  readonly linkOf: (kind: ImportKind, vendorId: string) => string | null;
};

export type Planned<Draft> = { readonly draft: Draft; readonly item: ImportItemView };

/** A step whose places are team channels of here. */
export type StepPlan = Omit<StepDraft, 'places'> & { readonly channelIds: readonly string[] };

export type PolicyPlan = Omit<PolicyDraft, 'steps' | 'atOnce'> & { readonly steps: readonly StepPlan[] };

export type Outcome = Pick<ImportItemView, 'action' | 'id' | 'reason'>;
export const create: Outcome = { action: 'create', id: null, reason: null };
export const skip = (reason: string): Outcome => ({ action: 'skip', id: null, reason });
export const present = (id: string): Outcome => ({
  action: 'present',
  id,
  reason: 'an earlier import made it, or found it here',
});
export const match = (id: string, reason: string): Outcome => ({ action: 'match', id, reason });

export function itemOf(
  kind: ImportKind,
  { vendorId, name }: { readonly vendorId: string; readonly name: string },
  outcome: Outcome,
  notes: readonly Note[],
): ImportItemView {
  // What stays as it is here needs no warning.
  const told = outcome.action === 'create' ? notes.map((note) => ({ ...note })) : [];
  return { kind, vendorId, name: name || vendorId, ...outcome, notes: told };
}
