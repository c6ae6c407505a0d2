import type { Severity, SeverityPolicyView } from '#declare/contract';
import { RadioCards } from '../ui/choice.tsx';
import { LoadingRows } from '../ui/skeleton.tsx';
import { StateBadge } from '../ui/state-badge.tsx';

/** The levels with their criteria in view. Nothing chosen means the policy's default, unconfirmed. */
export function SeverityCards({
  policy,
  value,
  onChange,
}: {
  policy: SeverityPolicyView | undefined;
  value: Severity | '';
  onChange: (severity: Severity) => void;
}) {
  if (policy === undefined) return <LoadingRows rows={4} />;
  return (
    <RadioCards
      legend={`Severity (left open: ${policy.defaultSeverity}, to be confirmed)`}
      value={value === '' ? undefined : value}
      onChange={onChange}
      options={policy.levels.map((level) => ({
        value: level.severity,
        title: (
          <>
            <StateBadge state={level.severity} /> {level.name}
          </>
        ),
        detail: level.criteria,
      }))}
    />
  );
}
