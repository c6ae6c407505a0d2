import type { Slo } from '#monitor/contract';
import { Badge } from '../ui/badge.tsx';
import { stateOf } from './slo-words.ts';

/** How an SLO stands, in one word. */
export function SloBadge({ slo }: { slo: Slo }) {
  switch (stateOf(slo)) {
    case 'burning':
      return (
        <Badge tone="bad" glyph="up">
          Burning
        </Badge>
      );
    case 'spent':
      return (
        <Badge tone="bad" glyph="cross">
          Spent
        </Badge>
      );
    case 'slow':
      return (
        <Badge tone="warn" glyph="dot">
          Leaking
        </Badge>
      );
    default:
      return (
        <Badge tone="ok" glyph="check">
          Kept
        </Badge>
      );
  }
}
