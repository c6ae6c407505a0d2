import { z } from 'zod';
import { parseJsonPath } from '../check/json-path-syntax.ts';
import { CHECK_LIMITS } from '../check/limits.ts';
import { JSON_TESTS } from '../check/json-tests.ts';
import { withoutPlaceholders } from './template.ts';

const limits = CHECK_LIMITS;
const status = z.number().int().min(100).max(599);
const NUMBER = /^\s*-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/;

function isPattern(value: string): boolean {
  try {
    return new RegExp(value, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

export const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/, 'expected the name of a header');

/** Why a value cannot be tested so; null when it can. */
function valueFault(test: string, value: string): string | null {
  if (test === 'exists' || test === 'not-exists') return null;
  if (test === 'less' || test === 'greater' || test === 'count-less' || test === 'count-greater')
    return NUMBER.test(value) ? null : 'expected a number';
  if (test === 'matches') {
    if (value.length > limits.patternLength) return `a pattern has at most ${limits.patternLength} characters`;
    return value !== '' && isPattern(value) ? null : 'expected a regular expression';
  }
  return null;
}

/** `meant`: a text as it is when it is looked at, such as one without what is put into it later. */
function assertionOf(meant: (text: string) => string) {
  const tested = { value: z.string().max(limits.textLength) };
  const text = { value: z.string().min(1).max(limits.textLength) };
  const refuse = ({ test, value }: { test: string; value: string }, ctx: z.RefinementCtx): void => {
    const message = valueFault(test, meant(value));
    if (message !== null) ctx.addIssue({ code: 'custom', path: ['value'], message });
  };
  const path = z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(limits.textLength)
    .superRefine((value, ctx) => {
      const parsed = parseJsonPath(meant(value));
      if (!parsed.ok) ctx.addIssue({ code: 'custom', message: `the path ${parsed.fault}` });
    });
  return z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('status'),
      in: z
        .array(z.object({ from: status, to: status }))
        .min(1)
        .max(limits.statusRanges),
    }),
    z
      .object({
        kind: z.literal('header'),
        name: headerName,
        test: z.enum(['equals', 'contains', 'matches']),
        ...text,
      })
      .superRefine(refuse),
    z
      .object({ kind: z.literal('body'), test: z.enum(['contains', 'not-contains', 'matches']), ...text })
      .superRefine(refuse),
    z
      .object({
        kind: z.literal('json'),
        /** JSONPath; all values that it leads to must hold, and there must be one. */
        path,
        test: z.enum(JSON_TESTS),
        /** A number where it is compared; nothing where the test is about being there. */
        value: tested.value.default(''),
      })
      .superRefine(refuse),
    z.object({
      kind: z.literal('size'),
      test: z.enum(['less', 'greater']),
      bytes: z.number().int().min(0).max(limits.maxBodyBytes.max),
    }),
    z.object({ kind: z.literal('response-time'), belowMs: z.number().int().min(1).max(limits.timeoutMs.max) }),
    z.object({ kind: z.literal('certificate'), daysAtLeast: z.number().int().min(0).max(3_650) }),
  ]);
}

/** One thing that must hold of the answer; without a `status` assertion 200–399 is expected. */
export const assertion = assertionOf((text) => text);

/** The same of one step, where values of earlier ones may be put in. */
export const stepAssertion = assertionOf(withoutPlaceholders);
