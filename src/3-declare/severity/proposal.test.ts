import fc from 'fast-check';
import { expect, it } from 'vitest';
import { proposalFor } from './proposal.ts';

it.each([
  [{ critical: false, services: 0 }, 'SEV3', 'SEV3'],
  [{ critical: false, services: 9 }, 'SEV3', 'SEV3'],
  [{ critical: true, services: 0 }, 'SEV3', 'SEV2'],
  [{ critical: true, services: 3 }, 'SEV3', 'SEV2'],
  [{ critical: true, services: 4 }, 'SEV3', 'SEV1'],
  [{ critical: true, services: 1 }, 'SEV1', 'SEV1'],
  [{ critical: true, services: 1 }, 'SEV4', 'SEV2'],
] as const)('%j, with %s by default, is offered as %s', (known, byDefault, severity) => {
  expect(proposalFor(known, byDefault).severity).toBe(severity);
});

it('is never less grave than the default, never milder for more services, and says why when it is another', () => {
  const severity = fc.constantFrom('SEV1', 'SEV2', 'SEV3', 'SEV4');
  fc.assert(
    fc.property(fc.boolean(), fc.nat(20), severity, (critical, services, byDefault) => {
      const less = proposalFor({ critical, services }, byDefault);
      const more = proposalFor({ critical, services: services + 1 }, byDefault);
      expect(less.severity <= byDefault).toBe(true);
      expect(more.severity <= less.severity).toBe(true);
      expect(less.why === null).toBe(less.severity === byDefault);
    }),
  );
});
