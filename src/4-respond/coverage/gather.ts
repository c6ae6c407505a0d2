import { type Interval, mergeIntervals } from '#kernel/interval.ts';
import { type CoverageFindingView, isCoverageHole } from './contract.ts';

/** The same fault of a policy, however often it comes and whoever would be reached in it. */
export type Gathered = {
  readonly kind: CoverageFindingView['kind'];
  /** Somebody is missing; anything else is merely weak. */
  readonly isHole: boolean;
  readonly policyId: string;
  readonly policyName: string;
  /** `Nobody is on call by “Primary” (step 1)` */
  readonly what: string;
  /** What would happen, with when it first would; each a sentence. They change as others come on call. */
  readonly consequences: readonly { readonly text: string; readonly from: string }[];
  /** When it holds, in order; what follows without a break is one stretch. */
  readonly stretches: readonly Interval[];
};

/** Findings with one entry for each hole or other fault, in the order in which these first appear. */
export function gather(findings: readonly CoverageFindingView[]): Gathered[] {
  const groups = Map.groupBy(findings, (finding) => `${finding.policyId} ${finding.kind} ${whatOf(finding)}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { kind, policyId, policyName } = first;
    const byConsequence = Map.groupBy(group, ({ consequence }) => consequence ?? '');
    return [
      {
        kind,
        policyId,
        policyName,
        what: whatOf(first),
        isHole: isCoverageHole(first),
        consequences: [...byConsequence].flatMap(([text, [one]]) =>
          text === '' || one === undefined ? [] : [{ text, from: one.from }],
        ),
        stretches: mergeIntervals(
          group.map(({ from, until }) => ({ startMs: Date.parse(from), endMs: Date.parse(until) })),
        ),
      },
    ];
  });
}

/** Where the text ends with the consequence, it does so after a colon or a full stop. */
function whatOf({ text, consequence }: CoverageFindingView): string {
  const end = consequence?.toLowerCase();
  if (consequence == null || !end || ![': ', '. '].some((mark) => text.toLowerCase().endsWith(`${mark}${end}`)))
    return text;
  return text.slice(0, -(consequence.length + 2));
}
