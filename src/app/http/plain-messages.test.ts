import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { speakPlainly } from './plain-messages.ts';

speakPlainly();

describe('what a schema refuses without words of its own', () => {
  test.each<[z.ZodType, unknown, string]>([
    [z.string(), undefined, 'is missing'],
    [z.string(), 5, 'expected a string'],
    [z.array(z.string()), {}, 'expected an array'],
    [z.string().max(80), 'x'.repeat(81), 'must have at most 80 characters'],
    [z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1 entries'],
    [z.number().min(5), 4, 'must be at least 5'],
    [z.enum(['error', 'info']), 'huge', 'expected one of error, info'],
    [z.string().min(1, 'must not be empty'), '', 'must not be empty'],
  ])('%#: reads as a sentence', (schema, value, message) => {
    expect(schema.safeParse(value).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});
