import { noteReached } from '../check/check-run.ts';
import { fault } from '../check/faults.ts';
import { findChromium } from '../journey/find-chromium.ts';
import { JOURNEY_LIMITS } from '../kind/journey-limits.ts';
import { runJourney } from '../journey/run-journey.ts';
import type { Protocol } from './protocol.ts';

let unboxedSaid = false;

/** Up when the script ran to its end in a browser; what it took there is its time. */
export const askJourney: Protocol<'journey'> = async (spec, target, run, world) => {
  const found = findChromium(world.setup.chromium);
  if (!found.ok) return { error: fault('not-permitted', found.fault), received: null };
  const turn = world.deadlines.add(performance.now() + JOURNEY_LIMITS.waitMs);
  const taken = await world.journeys.take(turn, spec.workspaceId);
  world.deadlines.remove(turn);
  if (!taken) {
    const message = 'too many journeys wait for a browser on this machine; give their monitors longer intervals';
    return { error: fault('out-of-resources', message), received: null };
  }
  run.onTurn();
  try {
    const { script, secrets, screen, skipVerification } = spec.options;
    const end = await runJourney(
      {
        script,
        secrets,
        screen,
        skipVerification,
        url: target.url.href,
        timeoutMs: spec.timeoutMs,
        allowedTargets: spec.allowedTargets,
        chromium: found.path,
        watched: run.watch !== null,
      },
      (progress) => run.watch?.(progress),
    );
    run.address = end.address;
    if (end.address !== null && end.error === null) noteReached(end.address, run, world);
    if (end.unboxed && !unboxedSaid) {
      unboxedSaid = true;
      world.log.warn({}, 'journeys: this system lets Chromium make no sandbox of its own; see docs/journeys.md');
    }
    const received = { status: null, headers: [], body: Buffer.from(end.notes.join('\n')) };
    const { picture, trace } = end;
    const artefacts = picture === null && trace === null ? {} : { artefacts: { picture, trace } };
    return { error: end.error, received, steps: end.steps, tookMs: end.tookMs, ...artefacts };
  } finally {
    world.journeys.release();
  }
};
