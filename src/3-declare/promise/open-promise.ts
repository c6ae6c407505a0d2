import type { Ctx } from '#platform/ctx.ts';
import type { PromiseKind } from './contract.ts';
import type { PromiseRow } from './promise.ts';

export type NewPromise = {
  readonly kind: PromiseKind;
  readonly incidentId?: string | undefined;
  readonly subjectId?: string | undefined;
  /** A role, or `owner` with `ownerUserId`. */
  readonly owedBy: string;
  readonly ownerUserId?: string | undefined;
  readonly dueAt: Date;
  readonly promptAt?: Date | undefined;
  readonly warnAt?: Date | undefined;
  readonly drill?: boolean | undefined;
};

/** Which promises are meant: all open ones of the kind, of the incident or of the subject. */
export type PromiseSubject = { readonly kind: PromiseKind } & (
  | { readonly incidentId: string; readonly subjectId?: string | undefined }
  | { readonly incidentId?: undefined; readonly subjectId: string }
);

export async function openPromise(_ctx: Ctx, _promise: NewPromise): Promise<PromiseRow> {
  throw new Error('not built yet');
}

export async function keepPromise(_ctx: Ctx, _subject: PromiseSubject, _at: Date): Promise<PromiseRow[]> {
  throw new Error('not built yet');
}

export async function waivePromise(_ctx: Ctx, _subject: PromiseSubject): Promise<PromiseRow[]> {
  throw new Error('not built yet');
}
