import { holds, shownValue, thresholdWords, type MetricTest } from '../kind/threshold.ts';
import { type Observation, toldObservation, type ToldSource } from '../result/observation.ts';

/** What must hold of the values, how often they come, and how late they may be. */
export type Expectation = {
  readonly test: MetricTest;
  readonly threshold: number;
  /** Only what has not held for so long is a fault; 0 = the moment counts. */
  readonly forSeconds: number;
  readonly periodSeconds: number;
  readonly graceSeconds: number;
};

/** What is known of the values so far. */
export type Course = {
  readonly lastValue: number | null;
  readonly lastValueAt: Date | null;
  /** When a value last held, without a hole since; null when nothing is known. */
  readonly heldAt: Date | null;
  /** When the run of values that do not hold began; null while they hold. */
  readonly brokenSince: Date | null;
  /** When silence makes it unknown; null while nothing is awaited. */
  readonly dueAt: Date | null;
};

/** The course after a value. What came before a silence says nothing of how long it has been so. */
export function takeValue(course: Course, expected: Expectation, value: number, at: Date): Course {
  const goesOn = course.dueAt !== null && at < course.dueAt;
  const good = holds(value, { test: expected.test, value: expected.threshold });
  return {
    lastValue: value,
    lastValueAt: at,
    heldAt: good ? at : goesOn ? course.heldAt : null,
    brokenSince: good ? null : ((goesOn ? course.brokenSince : null) ?? at),
    dueAt: dueAfter(expected, at),
  };
}

/** The course under another expectation; the next value is judged by it. */
export function changeExpectation(course: Course, before: Expectation, after: Expectation, now: Date): Course {
  const { lastValue, lastValueAt } = course;
  const dueAt = course.dueAt === null || lastValueAt === null ? null : dueAfter(after, lastValueAt);
  if (lastValue === null || (before.test === after.test && before.threshold === after.threshold))
    return { ...course, dueAt };
  const good = holds(lastValue, { test: after.test, value: after.threshold });
  return good
    ? { ...course, dueAt, heldAt: lastValueAt, brokenSince: null }
    : { ...course, dueAt, brokenSince: course.brokenSince ?? now };
}

/** Nothing is known any more until the next value; `dueAt` null = none is awaited. */
export function forgetCourse(course: Course, dueAt: Date | null): Course {
  return { ...course, heldAt: null, brokenSince: null, dueAt };
}

export function dueAfter({ periodSeconds, graceSeconds }: Expectation, at: Date): Date {
  return new Date(at.getTime() + (periodSeconds + graceSeconds) * 1_000);
}

/**
 * The last value as a check. One that does not hold is down once it has been so for long enough; until then it is up
 * where an earlier one held, and unknown where nothing came before.
 */
export function observeValue(source: ToldSource, course: Course, expected: Expectation): Observation {
  const { lastValue, heldAt, brokenSince } = course;
  const told = { ...toldObservation(source), totalMs: 0, evidence: null };
  if (lastValue === null || brokenSince === null) return { ...told, outcome: 'up', error: null };
  const { test, threshold, forSeconds } = expected;
  const message = `the value is ${shownValue(lastValue)}, expected ${thresholdWords({ test, value: threshold, forSeconds })}`;
  const lastsMs = source.at.getTime() - brokenSince.getTime();
  if (lastsMs >= forSeconds * 1_000) return { ...told, outcome: 'down', error: { kind: 'answer', message } };
  if (heldAt !== null) return { ...told, outcome: 'up', error: null };
  const unsure = `${message}; nothing is known of the time before`;
  return { ...told, outcome: 'unknown', error: { kind: 'no-data', message: unsure } };
}

/** Silence as a check that could not tell. */
export function observeNoValue(source: ToldSource, course: Course, expected: Expectation): Observation {
  const last = course.lastValueAt?.toISOString() ?? 'never';
  const message = `no value within ${expected.periodSeconds} s and ${expected.graceSeconds} s of grace; the last one came at ${last}`;
  return {
    ...toldObservation(source),
    totalMs: 0,
    outcome: 'unknown',
    error: { kind: 'no-data', message },
    evidence: null,
  };
}
