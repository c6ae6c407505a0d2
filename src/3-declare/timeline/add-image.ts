import { createHash } from 'node:crypto';
import { audit } from '#access';
import { actorUserId } from '#kernel/actor.ts';
import { invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { appendEntry } from './append-entry.ts';
import { type AttachmentView, MAX_ATTACHMENT_BYTES } from './contract.ts';
import { imageTypeOf } from './image-type.ts';
import { insertAttachment } from './store.ts';

export type NewImage = { readonly name: string; readonly base64: string; readonly caption?: string | undefined };

/** Puts a picture on the timeline. Refuses what is not base64, not a png, jpeg, webp or gif, or larger than 5 MB. */
export async function addImage(ctx: Ctx, incidentId: string, image: NewImage): Promise<AttachmentView> {
  const bytes = Buffer.from(image.base64, 'base64');
  if (bytes.length === 0) throw invalid('body.base64', 'is not base64');
  if (bytes.length > MAX_ATTACHMENT_BYTES) throw invalid('body.base64', 'is larger than 5 MB');
  const mediaType = imageTypeOf(bytes);
  if (mediaType === null) throw invalid('body.base64', 'is no png, jpeg, webp or gif');
  const id = ctx.newId('att');
  const href = hrefOf(id);
  const { name } = image;
  const entry = await appendEntry(ctx, incidentId, {
    type: 'image',
    text: image.caption || name,
    data: { attachmentId: id, name, mediaType, href, sizeBytes: bytes.length },
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await insertAttachment(ctx, {
    workspaceId: ctx.workspaceId,
    id,
    incidentId,
    entryId: entry.id,
    name,
    mediaType,
    sizeBytes: bytes.length,
    sha256,
    bytes,
    createdAt: ctx.now,
    createdBy: actorUserId(ctx.actor),
  });
  await audit(ctx, {
    action: 'incident.add-image',
    subjectId: incidentId,
    detail: { attachmentId: id, sizeBytes: bytes.length },
  });
  return { id, incidentId, entryId: entry.id, name, mediaType, sizeBytes: bytes.length, href };
}

/** Where the bytes of a picture are. */
function hrefOf(attachmentId: string): string {
  return `/api/v1/attachments/${attachmentId}`;
}
