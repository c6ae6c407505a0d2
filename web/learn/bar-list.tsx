import { Panel } from '../ui/panel.tsx';

type BarTone = 'ok' | 'bad' | 'warn' | 'accent' | 'unknown';
interface BarRow {
  label: string;
  parts: readonly { tone: BarTone; value: number; word: string }[];
}

const fills: Record<BarTone, string> = {
  ok: 'bg-ok',
  bad: 'bg-bad',
  warn: 'bg-warn',
  accent: 'bg-accent',
  unknown: 'bg-unknown',
};

/** Counts as bars with their numbers in words, so that colour says nothing alone. `beside` draws parts under each other. */
export function BarList({ rows, empty, beside = false }: { rows: readonly BarRow[]; empty: string; beside?: boolean }) {
  if (rows.length === 0) return <p className="text-muted">{empty}</p>;
  const sizeOf = (row: BarRow) =>
    beside ? Math.max(...row.parts.map((part) => part.value)) : row.parts.reduce((sum, part) => sum + part.value, 0);
  const most = Math.max(1, ...rows.map(sizeOf));
  return (
    <Panel>
      <ul className="flex flex-col gap-3 px-4 py-3">
        {rows.map((row) => (
          <li key={row.label}>
            <div className="flex items-baseline justify-between gap-4">
              <span className="first-letter:uppercase">{row.label}</span>
              <span className="num text-xs text-muted">{wordsOf(row)}</span>
            </div>
            <div aria-hidden="true" className={beside ? 'mt-1 flex flex-col gap-0.5' : 'mt-1 flex gap-0.5'}>
              {row.parts
                .filter((part) => part.value > 0)
                .map((part) => (
                  <div
                    key={part.word}
                    className={`h-1.5 rounded-sm ${fills[part.tone]}`}
                    style={{ width: `${(part.value / most) * 100}%` }}
                  />
                ))}
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function wordsOf(row: BarRow): string {
  const shown = row.parts.filter((part, index) => part.value > 0 || index === 0);
  return shown.map((part) => `${part.value} ${part.word}`).join(', ');
}
