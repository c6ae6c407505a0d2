const units: readonly (readonly [pattern: RegExp, seconds: number, short: string])[] = [
  [/^d(ays?)?$/, 86_400, 'd'],
  [/^h(ours?|rs?)?$/, 3_600, 'h'],
  [/^m(in(utes?|s)?)?$/, 60, 'min'],
  [/^s(ec(onds?|s)?)?$/, 1, 's'],
];

/** Seconds of a length as people write it, `1 h 30 min`, `90s`, `1 day`; a bare number is minutes. Null when it is none. */
export function readLength(text: string): number | null {
  const typed = text.trim().toLowerCase();
  if (/^\d+(\.\d+)?$/.test(typed)) return Math.round(Number(typed) * 60);
  let seconds = 0;
  const rest = typed.replaceAll(/(\d+(?:\.\d+)?)\s*([a-z]+)[\s,]*/g, (whole, number: string, unit: string) => {
    const found = units.find(([pattern]) => pattern.test(unit));
    if (found === undefined) return whole;
    seconds += Number(number) * found[1];
    return '';
  });
  return rest === '' && typed !== '' ? Math.round(seconds) : null;
}

/** The exact length, in words that `readLength` takes back. */
export function writeLength(seconds: number): string {
  let rest = seconds;
  const parts = units.flatMap(([, size, short]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? [`${count} ${short}`] : [];
  });
  return parts.join(' ') || '0 s';
}

/** What is wrong with a length that was typed. */
export const LENGTH_FAULT = 'Write a length such as 15 min, 1 h 30 min or 1 d';
