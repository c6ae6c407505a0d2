import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function token(name: string, dark: boolean): string {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  const value = found?.[dark ? 2 : 1];
  if (value === undefined) throw new Error(`tokens.css has no plain --${name}`);
  return value;
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const tones = ['accent', 'ok', 'warn', 'major', 'bad', 'unknown'];
const pairs: [string, string][] = [
  ...['bg', 'surface', 'sunken'].flatMap((ground): [string, string][] => [
    ['text', ground],
    ['muted', ground],
    ...tones.map((tone): [string, string] => [`${tone}-text`, ground]),
  ]),
  ...tones.flatMap((tone): [string, string][] => [
    [`${tone}-text`, `${tone}-tint`],
    ['text', `${tone}-tint`],
  ]),
  ['on-ink', 'ink'],
  ['on-danger', 'danger'],
];

describe.each([
  ['light', false],
  ['dark', true],
])('%s', (_, dark) => {
  it.each(pairs)('%s can be read on %s', (front, ground) => {
    expect(ratio(token(front, dark), token(ground, dark))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(tones)('a %s glyph can be told from its tint', (tone) => {
    expect(ratio(token(tone, dark), token(`${tone}-tint`, dark))).toBeGreaterThanOrEqual(3);
  });
});
