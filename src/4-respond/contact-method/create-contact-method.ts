import { createECDH } from 'node:crypto';
import { audit } from '#access';
import { type ChannelKind, queueDelivery, readChannelFaults } from '#delivery';
import { AppError, assert, conflict, invalid } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { newSecret } from '#platform/ids.ts';
import { normaliseAddress } from './address.ts';
import { CONTACT_METHOD_LIMITS, type PushKeys } from './contract.ts';
import { sealCredentials } from './credentials.ts';
import { selfId } from './own-method.ts';
import { presentOwnMethod } from './present.ts';
import { prepareTest } from './send-code.ts';
import { findMethod, findMethodsOf, insertMethod, lockPerson } from './store.ts';

export type NewContactMethod = {
  readonly kind: ChannelKind;
  /** Telegram has none yet. */
  readonly address?: string | undefined;
  readonly label?: string | undefined;
  readonly accessToken?: string | undefined;
  readonly pushKeys?: PushKeys | undefined;
};

/** Adds a way to reach the acting person and sends the code that proves it. A webhook's signing secret is shown once. */
export async function createContactMethod(ctx: Ctx, wanted: NewContactMethod) {
  const userId = selfId(ctx);
  if (wanted.accessToken !== undefined && wanted.kind !== 'ntfy') {
    throw invalid('body.accessToken', 'only an ntfy topic has an access token');
  }
  if ((wanted.pushKeys !== undefined) !== (wanted.kind === 'webpush')) {
    throw invalid('body.pushKeys', 'belong to web push, and web push needs them');
  }
  if (wanted.pushKeys !== undefined && !isPublicKey(wanted.pushKeys.p256dh))
    throw invalid('body.pushKeys.p256dh', 'is no public key of a browser: no point on the curve P-256');
  const fault = (await readChannelFaults(ctx))[wanted.kind];
  // Mail that cannot leave yet is held and sent once a server is set; nothing else is.
  if (fault !== undefined && wanted.kind !== 'email') throw conflict(fault);
  const id = ctx.newId('cmt');
  // Whoever presses Start behind the method's link tells its address.
  const address = wanted.kind === 'telegram' ? id : normaliseAddress(wanted.kind, wanted.address ?? '');
  await lockPerson(ctx, userId);
  if ((await findMethodsOf(ctx, [userId])).length >= CONTACT_METHOD_LIMITS.perUser) {
    throw new AppError(
      'limit',
      `A person has at most ${CONTACT_METHOD_LIMITS.perUser} contact methods. Remove one first.`,
    );
  }
  const signingSecret = wanted.kind === 'webhook' ? newSecret('whs') : null;
  const credentials = [signingSecret ?? wanted.accessToken, wanted.pushKeys?.p256dh, wanted.pushKeys?.auth].filter(
    (one) => one !== undefined,
  );
  const inserted = await insertMethod(ctx, {
    workspaceId: ctx.workspaceId,
    id,
    userId,
    kind: wanted.kind,
    address,
    label: wanted.label ?? null,
    credentials: sealCredentials(ctx, credentials),
    credentialsChangedAt: null,
    verifiedAt: null,
    codeDigest: null,
    codeExpiresAt: null,
    testedAt: null,
    createdAt: ctx.now,
  });
  if (!inserted) throw conflict('You have this address among your contact methods already.');
  const method = await findMethod(ctx, id);
  assert(method, 'the contact method that was just added is there');
  if (wanted.kind !== 'telegram') await queueDelivery(ctx, await prepareTest(ctx, method));
  await audit(ctx, { action: 'contact-method.create', subjectId: id, detail: { kind: wanted.kind } });
  ctx.touch('members');
  const view = await presentOwnMethod(ctx, { ...method, testedAt: ctx.now });
  return { ...view, signingSecret };
}

/** Whether messages can be encrypted for a key: an uncompressed point on the curve P-256, in base64url. */
function isPublicKey(p256dh: string): boolean {
  const mine = createECDH('prime256v1');
  mine.generateKeys();
  try {
    mine.computeSecret(p256dh, 'base64url');
    return true;
  } catch {
    return false;
  }
}
