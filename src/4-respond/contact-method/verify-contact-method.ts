import { audit } from '#access';
import { AppError, conflict, invalid, notFound } from '#kernel/errors.ts';
import type { Ctx, System, Who } from '#platform/ctx.ts';
import { retryUnreached } from '../page/retry-unreached.ts';
import { markCoverageStale } from '../coverage/mark-stale.ts';
import { type CodeVerdict, judgeCode } from './code.ts';
import type { ContactMethodView } from './contract.ts';
import { ownMethod } from './own-method.ts';
import { presentOwnMethod } from './present.ts';
import { type ContactMethodRow, findRulesOf, insertRule, lockMethod, updateMethod } from './store.ts';

type Verdict = Exclude<CodeVerdict, 'right'>;

/**
 * Takes the code that arrived. A wrong one costs a try even though the request is refused, so the two happen in
 * transactions of their own.
 */
export async function verifyByCode(system: System, who: Who, id: string, code: string): Promise<ContactMethodView> {
  const outcome = await system.transact(who, async (ctx): Promise<ContactMethodView | Verdict> => {
    await ownMethod(ctx, id);
    const method = await lockMethod(ctx, id);
    if (!method) throw notFound('contact method', id);
    if (method.verifiedAt !== null) return presentOwnMethod(ctx, method);
    const verdict = judgeCode(method, id, code, ctx.now);
    if (verdict === 'right') return presentOwnMethod(ctx, await markVerified(ctx, method));
    if (verdict === 'wrong') await updateMethod(ctx, id, { codeTries: method.codeTries + 1 });
    return verdict;
  });
  if (typeof outcome !== 'string') return outcome;
  throw refusal(outcome);
}

function refusal(verdict: Verdict): AppError {
  switch (verdict) {
    case 'wrong':
      return invalid('body.code', 'is not the code of the newest test message');
    case 'expired':
      return conflict('This code has expired. Send a new test and enter its code.');
    case 'too-many-tries':
      return new AppError('limit', 'Too many wrong codes. Send a new test and enter its code.');
    case 'none':
      return conflict('No code was sent yet. Send a test and enter its code.');
  }
}

/** The method is used for pages from now on: at once, for both urgencies, unless the person has set rules for it. */
export async function markVerified(ctx: Ctx, method: ContactMethodRow): Promise<ContactMethodRow> {
  const verified = await updateMethod(ctx, method.id, {
    verifiedAt: ctx.now,
    lostAt: null,
    codeDigest: null,
    codeExpiresAt: null,
    codeTries: 0,
  });
  if (!verified) throw notFound('contact method', method.id);
  await addImmediateRules(ctx, verified);
  await audit(ctx, { action: 'contact-method.verify', subjectId: method.id, detail: { userId: method.userId } });
  await markCoverageStale(ctx);
  ctx.touch('members');
  await retryUnreached(ctx);
  return verified;
}

export async function addImmediateRules(ctx: Ctx, method: Pick<ContactMethodRow, 'id' | 'userId'>): Promise<void> {
  const rules = (await findRulesOf(ctx, [method.userId])).filter((rule) => rule.contactMethodId === method.id);
  for (const urgency of ['high', 'low'] as const) {
    if (rules.some((rule) => rule.urgency === urgency)) continue;
    await insertRule(ctx, {
      workspaceId: ctx.workspaceId,
      id: ctx.newId('rul'),
      userId: method.userId,
      contactMethodId: method.id,
      urgency,
      delaySeconds: 0,
      createdAt: ctx.now,
    });
  }
}
