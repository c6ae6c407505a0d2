/** A series as one small line, `null` = a hole. Decoration beside the figures: `label` says it in words. */
export function Sparkline({
  values,
  label,
  className = 'h-5 w-24 text-muted',
}: {
  values: readonly (number | null)[];
  label: string;
  className?: string;
}) {
  const width = 96;
  const height = 20;
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <span role="img" aria-label={label} className={`inline-block ${className}`} />;
  const low = Math.min(...known);
  const span = Math.max(Math.max(...known) - low, Number.EPSILON);
  const step = width / (values.length - 1);
  let pen = 'M';
  const path = values.map((value, index) => {
    if (value === null) {
      pen = 'M';
      return '';
    }
    const point = `${pen}${(index * step).toFixed(1)} ${(height - 2 - ((value - low) / span) * (height - 4)).toFixed(1)}`;
    pen = 'L';
    return point;
  });
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className={className}
    >
      <path
        d={path.join('')}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinejoin="round"
        strokeLinecap="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
