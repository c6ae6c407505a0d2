import { DAY_MS } from '#kernel/duration.ts';
import { mergeIntervals } from '#kernel/interval.ts';
import { type CoverageFindingView, type CoverageReportView, isCoverageHole } from './contract.ts';

/** How long before it begins a hole is worth telling of. */
const SOON_MS = 7 * DAY_MS;

/** A stretch in which a step, or a policy, has nobody. What would happen may change within it; that makes no hole of its own. */
export type Hole = {
  readonly policyId: string;
  readonly policyName: string;
  /** `Nobody is on call by “Primary” (step 1)` */
  readonly what: string;
  /** What would happen, first thing first; each a sentence. */
  readonly consequences: readonly string[];
  readonly from: number;
  readonly until: number;
};

/** The holes of a report that begin within a week of it, in the order in which they begin. */
export function holesSoon({ provedAt, findings }: CoverageReportView): Hole[] {
  if (provedAt === null) return [];
  const latest = Date.parse(provedAt) + SOON_MS;
  return joinHoles(findings.filter(isCoverageHole).map(holeOf)).filter(({ from }) => from < latest);
}

/** The holes that nobody was told of when the report before was made. One that only moves its end is the same hole. */
export function freshHoles(report: CoverageReportView, before: CoverageReportView): Hole[] {
  const told = holesSoon(before);
  return holesSoon(report).filter((hole) => !told.some((known) => isSame(known, hole) && meet(known, hole)));
}

/** In how many stretches of time they lie: a step and the whole policy that lack somebody at once lack them once. */
export function countStretches(holes: readonly Hole[]): number {
  return mergeIntervals(holes.map(({ from, until }) => ({ startMs: from, endMs: until }))).length;
}

function holeOf({ policyId, policyName, text, consequence, from, until }: CoverageFindingView): Hole {
  // The text ends with the consequence, after a colon.
  const what = consequence == null ? text : text.slice(0, -(consequence.length + 2));
  return {
    policyId,
    policyName,
    what,
    consequences: consequence == null ? [] : [consequence],
    from: Date.parse(from),
    until: Date.parse(until),
  };
}

function joinHoles(pieces: readonly Hole[]): Hole[] {
  const holes: Hole[] = [];
  for (const piece of pieces.toSorted((one, other) => one.from - other.from)) {
    const index = holes.findLastIndex((hole) => isSame(hole, piece) && meet(hole, piece));
    const open = holes[index];
    if (open === undefined) holes.push(piece);
    else
      holes[index] = {
        ...open,
        until: Math.max(open.until, piece.until),
        consequences: [...new Set([...open.consequences, ...piece.consequences])],
      };
  }
  return holes;
}

function isSame(one: Hole, other: Hole): boolean {
  return one.policyId === other.policyId && one.what === other.what;
}

function meet(one: Hole, other: Hole): boolean {
  return one.from <= other.until && other.from <= one.until;
}
