import { AppError } from '#kernel/errors.ts';
import { PROTOCOL_KINDS, type ProtocolKind } from '../kind/kinds.ts';
import type { TestMonitorBody } from './contract.ts';
import { type Sealable, splitQuestion } from './question.ts';
import { type MonitorTarget, readTarget, refuseForbidden, refuseForbiddenOptions } from './target.ts';

/**
 * What somebody wants asked, by its address and options; an account in the address is among the options. Refuses whom
 * the workspace has not allowed to be reached; null = it is not asked from here.
 */
export function readAsking(
  wanted: TestMonitorBody,
  allowedTargets: readonly string[] | null,
): Sealable & { readonly kind: 'http' | ProtocolKind; readonly target: MonitorTarget } {
  const kind = wanted.kind ?? 'http';
  const target = readTarget(wanted.url, kind);
  if (allowedTargets !== null) refuseForbidden(target, allowedTargets);
  if (!('options' in wanted)) return { kind, target, ...splitQuestion(wanted) };
  const options = readOptions(wanted.kind, { ...wanted.options, ...target.account }, allowedTargets);
  return { kind, target, ...splitQuestion({ ...wanted, options }) };
}

/** The options of a kind, defaults filled in. Refuses by `body.options.…`. */
export function readOptions(
  kind: ProtocolKind,
  given: Readonly<Record<string, unknown>>,
  allowedTargets: readonly string[] | null,
): Readonly<Record<string, unknown>> {
  const parsed = PROTOCOL_KINDS[kind].options.strict().safeParse(given);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({
      path: ['body', 'options', ...path.map(String)].join('.'),
      message,
    }));
    throw new AppError('invalid', errors[0]?.message ?? 'The options are not valid.', { errors });
  }
  if (allowedTargets !== null) refuseForbiddenOptions(kind, parsed.data, allowedTargets);
  return parsed.data;
}
