import type { Result } from '../result/contract.ts';

/**
 * Of DNS, TCP, TLS, first byte and transfer: the sum in tenths of a millisecond, and how many checks got there. They add
 * up, so that the mean of any stretches is exact.
 */
export type PhaseTotals = { readonly sums: readonly number[]; readonly counts: readonly number[] };

export function addPhases(parts: readonly PhaseTotals[]): PhaseTotals {
  const total = (of: (part: PhaseTotals) => readonly number[]) =>
    [0, 1, 2, 3, 4].map((phase) => parts.reduce((sum, part) => sum + (of(part)[phase] ?? 0), 0));
  return { sums: total(({ sums }) => sums), counts: total(({ counts }) => counts) };
}

/** Means in milliseconds, to two places; null where no check got there. */
export function meanPhases({ sums, counts }: PhaseTotals): Result['phases'] {
  const [dnsMs, tcpMs, tlsMs, firstByteMs, transferMs] = sums.map((sum, phase) => {
    const count = counts[phase] ?? 0;
    return count === 0 ? null : Math.round((sum / count) * 10) / 100;
  });
  return {
    dnsMs: dnsMs ?? null,
    tcpMs: tcpMs ?? null,
    tlsMs: tlsMs ?? null,
    firstByteMs: firstByteMs ?? null,
    transferMs: transferMs ?? null,
  };
}
