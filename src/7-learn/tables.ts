import type { ColumnType } from 'kysely';
import type { Fact } from './postmortem/contract.ts';
import type { Sections } from './postmortem/section.ts';

/** A JSON column: an object comes out, JSON text goes in. */
type Json<T> = ColumnType<T, string, string>;
type NullableJson<T> = ColumnType<T | null, string | null, string | null>;

type Move = { readonly from: string; readonly to: string; readonly reason: string; readonly at: string };

export type LearnTables = {
  postmortem: {
    workspaceId: string;
    id: string;
    incidentId: string;
    state: 'draft' | 'in-review' | 'approved' | 'published';
    ownerUserId: string | null;
    dueAt: Date;
    version: number;
    sections: Json<Sections>;
    facts: NullableJson<Fact[]>;
    approvedBy: string | null;
    approvedAt: Date | null;
    publishedAt: Date | null;
    publicBody: string | null;
    publicDeclinedReason: string | null;
    publicAt: Date | null;
    createdAt: Date;
    updatedAt: Date;
  };
  postmortemRevision: {
    workspaceId: string;
    postmortemId: string;
    version: number;
    sections: Json<Sections>;
    authorUserId: string | null;
    at: Date;
  };
  actionItem: {
    workspaceId: string;
    id: string;
    incidentId: string;
    title: string;
    doneWhen: string;
    ownerUserId: string;
    /** A calendar date as text. */
    dueOn: string;
    state: 'open' | 'done' | 'waived';
    waivedReason: string | null;
    settledAt: Date | null;
    settledBy: string | null;
    moves: Json<Move[]>;
    createdBy: string | null;
    createdAt: Date;
  };
};
