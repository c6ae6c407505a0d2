import { expect, it } from 'vitest';
import { localInput } from './local-input.ts';

it('fills a field with the local time', () => expect(localInput(new Date(2026, 0, 5, 7, 4))).toBe('2026-01-05T07:04'));
