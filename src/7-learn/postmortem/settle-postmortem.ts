import { audit } from '#access';
import { publishPostmortem as publishCopy } from '#communicate';
import { appendEntry, keepPromise, readIncident } from '#declare';
import { actorUserId } from '#kernel/actor.ts';
import { AppError, conflict, invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { postmortemPublished } from './events.ts';
import { factsOf } from './facts.ts';
import { isPublicExpected } from './present.ts';
import { readRecord } from './read-record.ts';
import { missingSections } from './section.ts';
import { findPostmortem, type PostmortemRow, updatePostmortem } from './store.ts';

/** Draft → in review. Refused while a required section is empty. */
export async function reviewPostmortem(ctx: Ctx, id: string): Promise<PostmortemRow> {
  const before = await findPostmortem(ctx, id);
  const missing = missingSections(before.sections);
  if (missing.length > 0) {
    throw new AppError('conflict', `Write ${missing.join(', ')} first: a review needs at least those.`);
  }
  return move(ctx, before, 'draft', 'in-review', {});
}

/** In review → approved; the facts freeze. A second pair of eyes is better, but somebody alone may approve their own. */
export async function approvePostmortem(ctx: Ctx, id: string): Promise<PostmortemRow> {
  const before = await findPostmortem(ctx, id);
  const incident = await readIncident(ctx, before.incidentId);
  const facts = factsOf(await readRecord(ctx, incident));
  return move(ctx, before, 'in-review', 'approved', {
    approvedBy: actorUserId(ctx.actor),
    approvedAt: ctx.now,
    facts: JSON.stringify(facts),
  });
}

export type Publication = {
  readonly publicBody?: string | undefined;
  readonly publicDeclinedReason?: string | undefined;
};

/**
 * Approved → published. Keeps the promise. Where customers of a SEV1 or SEV2 are owed a public copy, either the copy or
 * the reason for having none is required. A drill is never public.
 */
export async function publishPostmortem(ctx: Ctx, id: string, publication: Publication): Promise<PostmortemRow> {
  const before = await findPostmortem(ctx, id);
  const incident = await readIncident(ctx, before.incidentId);
  const publicBody = publication.publicBody ?? before.publicBody;
  if (publicBody && incident.kind === 'drill') throw conflict('A drill is never published on the status page.');
  if (isPublicExpected(incident) && !publicBody && !publication.publicDeclinedReason) {
    throw invalid(
      'body.publicBody',
      'Customers felt this incident: write the public copy, or say in publicDeclinedReason why there is none.',
    );
  }
  const after = await move(ctx, before, 'approved', 'published', {
    publishedAt: ctx.now,
    publicBody,
    publicAt: publicBody ? ctx.now : null,
    publicDeclinedReason: publicBody ? null : (publication.publicDeclinedReason ?? null),
  });
  await keepPromise(ctx, { kind: 'postmortem', incidentId: incident.id, subjectId: id }, ctx.now);
  if (publicBody) await publishCopy(ctx, { incidentId: incident.id, title: incident.title, body: publicBody });
  await ctx.publish(postmortemPublished, { postmortemId: id, incidentId: incident.id, public: publicBody !== null });
  return after;
}

const WORDS = {
  draft: 'Postmortem drafted',
  'in-review': 'Postmortem handed in for review',
  approved: 'Postmortem approved',
  published: 'Postmortem published',
};

async function move(
  ctx: Ctx,
  before: PostmortemRow,
  from: PostmortemRow['state'],
  to: PostmortemRow['state'],
  change: Parameters<typeof updatePostmortem>[3],
) {
  const after = await updatePostmortem(ctx, before.id, { states: [from] }, { ...change, state: to });
  if (!after)
    throw conflict(
      `This postmortem is ${before.state.replace('-', ' ')}; only one that is ${from.replace('-', ' ')} can be moved to ${to.replace('-', ' ')}.`,
    );
  await appendEntry(ctx, before.incidentId, {
    type: 'postmortem',
    text: WORDS[to],
    data: { postmortemId: before.id, state: to },
  });
  await audit(ctx, { action: `postmortem.${to}`, subjectId: before.id });
  ctx.touch('postmortems');
  ctx.touch(`postmortem:${before.id}`);
  return after;
}
