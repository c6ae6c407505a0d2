/** Why a text is no telephone number, or the number in E.164: `+` and 8 to 15 digits, the country's code first. */
export type ReadNumber = { readonly ok: true; readonly number: string } | { readonly ok: false; readonly why: string };

const NEEDS_COUNTRY = 'expected a number with its country code, such as +44 7700 900123';

/** Reads a number as people write it: blanks, dots, dashes and brackets do not matter, `00` stands for `+`. */
export function readNumber(typed: string): ReadNumber {
  if (/\(0\)/.test(typed)) return { ok: false, why: 'must not have (0) in it: leave it out after the country code' };
  const bare = typed
    .trim()
    .replace(/^00/, '+')
    .replace(/[\s().\-/\u2010-\u2015\u00a0]/g, '');
  if (!/^\+\d+$/.test(bare)) return { ok: false, why: NEEDS_COUNTRY };
  if (!/^\+[1-9]\d{7,14}$/.test(bare)) return { ok: false, why: 'expected 8 to 15 digits after the +' };
  // North America: three digits of area and three of exchange never begin with 0 or 1.
  if (bare.startsWith('+1') && !/^\+1[2-9]\d{2}[2-9]\d{6}$/.test(bare))
    return { ok: false, why: 'expected ten digits after +1, such as +1 415 555 2671' };
  return { ok: true, number: bare };
}

/** Of our numbers, the one that looks most like the receiver's: of the same country, if there is one. */
export function senderFor(to: string, numbers: readonly string[]): string | undefined {
  const likeness = (number: string) => {
    let same = 0;
    while (same < number.length && number[same] === to[same]) same++;
    return same;
  };
  return numbers.toSorted((a, b) => likeness(b) - likeness(a))[0];
}

/** A number as others may see it: its country and its last two digits. */
export function maskNumber(number: string): string {
  return `${number.slice(0, 3)}…${number.slice(-2)}`;
}
