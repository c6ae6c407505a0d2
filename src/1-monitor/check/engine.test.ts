import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FromEngine } from './engine-protocol.ts';
import { Engine } from './engine.ts';
import { nextGridPointMs } from './grid.ts';
import type { CheckResult } from './spec.ts';
import { createTestServers, OK } from './test-servers.ts';
import { testSpec } from './test-spec.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };
const { serve, close } = createTestServers();
afterEach(close);

describe('the engine', () => {
  it('checks new monitors at once and then on their grid, undelayed by neighbours that hang', async () => {
    const hanging = await serve(() => {});
    const quick = await serve((socket) => socket.end(OK));
    const { engine, results } = startEngine();
    const hang = Array.from({ length: 200 }, (_, index) =>
      testSpec({ monitorId: `hang_${index}`, url: hanging, timeoutMs: 60_000 }),
    );
    const quickOnes = Array.from({ length: 5 }, (_, index) => testSpec({ monitorId: `quick_${index}`, url: quick }));
    engine.handle({ type: 'upsert', specs: [...hang, ...quickOnes] });
    const ownOf = (monitorId: string) => results.filter((result) => result.monitorId === monitorId);
    await vi.waitUntil(() => quickOnes.every(({ monitorId }) => ownOf(monitorId).length >= 4), { timeout: 15_000 });
    engine.stop();
    for (const { monitorId } of quickOnes) {
      const own = ownOf(monitorId);
      // Far below the minute for which the neighbours hang, whatever else the machine is doing.
      expect(own.every((result) => result.outcome === 'up' && result.latenessMs < 3_000)).toBe(true);
      const due = own.slice(1).map((result) => result.dueAtMs % 1_000);
      expect(new Set(due).size).toBe(1);
    }
    expect(engine.lag().checksStarted).toBeGreaterThan(hang.length + quickOnes.length);
  }, 20_000);

  it('makes up for the points that passed while it was away, and lets the others wait for theirs', async () => {
    const url = await serve((socket) => socket.end(OK));
    const { engine, results } = startEngine();
    const specs = Array.from({ length: 200 }, (_, index) =>
      testSpec({ monitorId: `away_${index}`, url, intervalMs: 60_000 }),
    );
    const sinceMs = Date.now() - 3_000;
    const lastPoint = ({ monitorId }: { monitorId: string }) => nextGridPointMs(monitorId, 60_000, Date.now()) - 60_000;
    const missed = specs.filter((spec) => lastPoint(spec) >= sinceMs).map(({ monitorId }) => monitorId);
    engine.handle({ type: 'assign', specs, sinceMs });
    await vi.waitUntil(() => missed.length > 0 && results.length >= missed.length, { timeout: 5_000 });
    engine.stop();
    for (const { monitorId, dueAtMs } of results) expect(lastPoint({ monitorId })).toBe(dueAtMs);
    expect(results.map(({ monitorId }) => monitorId)).toEqual(expect.arrayContaining(missed));
    expect(results.length).toBeLessThan(50);
  });
});

/** An engine whose results are stored as soon as they come. */
function startEngine(): { readonly engine: Engine; readonly results: readonly CheckResult[] } {
  const results: CheckResult[] = [];
  const engine = new Engine((message: FromEngine) => {
    if (message.type !== 'results') return;
    results.push(...message.results);
    engine.handle({ type: 'ack', sequence: message.sequence });
  }, log);
  return { engine, results };
}
