import { createSafeFetch } from '#platform/safe-fetch.ts';
import { type Clock, systemClock } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import { createSystem, type System } from '#platform/ctx.ts';
import type { Database } from '#platform/database.ts';
import { createEventBus } from '#platform/events.ts';
import type { JobBinding, JobSender } from '#platform/jobs.ts';
import type { LiveHub } from '#platform/live.ts';
import type { Logger } from '#platform/log.ts';
import type { Rule } from '#platform/rule.ts';
import { ruleWaker } from '#platform/scheduler.ts';
import { createSecrets } from '#platform/secrets.ts';
import { forgetIdempotencyKeys } from './http/idempotency.ts';
import { PIPELINE } from './pipeline.ts';
import { wirePorts } from './ports.ts';

/** What differs between a server, a scenario and a one-shot command. */
export type Parts = {
  readonly config: Config;
  readonly secretKey: string;
  readonly database: Database;
  readonly jobs: JobSender;
  readonly live: LiveHub;
  readonly log: Logger;
  readonly clock?: Clock;
};

/** All rules of the product, in stage order. */
export const RULES: readonly Rule[] = [...PIPELINE.flatMap((stage) => stage.rules), forgetIdempotencyKeys];

/** All jobs of the product, and the waker of its rules. */
export const JOBS: readonly JobBinding[] = [...PIPELINE.flatMap((stage) => stage.jobs), ruleWaker(RULES)];

/** The only builder of a `System`: events go to the stages in pipeline order, ports from later rooms are wired here. */
export function compose(parts: Parts): System {
  wirePorts();
  return createSystem({
    config: parts.config,
    clock: parts.clock ?? systemClock,
    log: parts.log,
    secrets: createSecrets(parts.secretKey),
    database: parts.database,
    jobs: parts.jobs,
    events: createEventBus(PIPELINE.flatMap((stage) => stage.on)),
    live: parts.live,
    fetch: createSafeFetch(),
  });
}
