import { readUser } from '#access';
import { countTests, type NewDelivery } from '#delivery';
import { HOUR_MS } from '#kernel/duration.ts';
import { AppError, conflict } from '#kernel/errors.ts';
import type { Ctx } from '#platform/ctx.ts';
import { codeDigest, codeExpiry, newCode } from './code.ts';
import { CONTACT_METHOD_LIMITS } from './contract.ts';
import { openCredentials } from './credentials.ts';
import { type ContactMethodRow, lockPerson, updateMethod } from './store.ts';
import { testMessage, verificationMessage } from './verification-message.ts';
import { verifyToken } from './verify-link.ts';

/**
 * What to send to a method as a test. An unverified one gets a new code, and older codes end; a verified one only a
 * message.
 */
export async function prepareTest(ctx: Ctx, method: ContactMethodRow): Promise<NewDelivery> {
  if (method.kind === 'telegram' && method.verifiedAt === null) {
    throw conflict('Telegram takes messages only after Start: open the link of this contact method and press it.');
  }
  const { name } = await readUser(ctx, method.userId);
  const common = {
    kind: method.kind,
    address: method.address,
    purpose: 'test',
    uniqueKey: `contact-test:${ctx.newId('tst')}`,
    credentials: openCredentials(ctx, method),
    userId: method.userId,
  } as const;
  if (method.verifiedAt !== null) {
    await updateMethod(ctx, method.id, { testedAt: ctx.now });
    return { ...common, message: testMessage(name, ctx.publicUrl) };
  }
  await refuseFlood(ctx, method.userId);
  const code = newCode();
  const stored = codeDigest(method.id, code);
  const expiresAt = codeExpiry(ctx.now);
  await updateMethod(ctx, method.id, { codeDigest: stored, codeExpiresAt: expiresAt, codeTries: 0, testedAt: ctx.now });
  const url = `${ctx.publicUrl}/c/${verifyToken(ctx.secrets, ctx.workspaceId, method.id, stored)}`;
  return { ...common, message: verificationMessage(code, url, name), notAfter: expiresAt };
}

/** Nobody has said yet that the address is theirs, so a person may neither flood it nor get ever new codes to guess. */
async function refuseFlood(ctx: Ctx, userId: string): Promise<void> {
  await lockPerson(ctx, userId);
  const since = new Date(ctx.now.getTime() - HOUR_MS);
  if ((await countTests(ctx, userId, since)) < CONTACT_METHOD_LIMITS.testsPerHour) return;
  throw new AppError(
    'limit',
    `At most ${CONTACT_METHOD_LIMITS.testsPerHour} tests are sent for a person in an hour. Try again later.`,
    { retryAfterSeconds: 600 },
  );
}
