import { expect, it } from 'vitest';
import { fieldOfPath } from './use-form.ts';

it('finds the field that a refusal is about, however its path is written', () => {
  expect(
    [
      'body.assertions.0.value',
      '/assertions/0/value',
      'assertions[0].value',
      'body.name',
      'body.confirm.failures',
      '',
    ].map(fieldOfPath),
  ).toEqual(['assertions', 'assertions', 'assertions', 'name', 'failures', '']);
});
