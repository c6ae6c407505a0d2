import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { seconds } from '../check/describe-result.ts';
import type { Matcher } from './calls.ts';

export interface Expectation {
  readonly subject: { readonly page: Page; readonly locator: Locator | null };
  readonly matcher: Matcher;
  readonly negated: boolean;
  /** The matcher's own arguments, decoded. */
  readonly expected: readonly unknown[];
  readonly timeoutMs: number;
  /** Relative addresses are of this one. */
  readonly base: string;
}

/** What was seen, and whether it holds. */
interface Seen {
  readonly holds: boolean;
  readonly got: string;
}

const PAUSES_MS = [50, 100, 200, 300, 500];
/** How long one look may take. */
const LOOK_MS = 1_000;

export type Expected = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** Looks again and again until it holds, or the time is up. */
export async function expectSoon(given: Expectation, ended: AbortSignal): Promise<Expected> {
  const { subject, negated, timeoutMs } = given;
  const untilMs = performance.now() + timeoutMs;
  let seen: Seen = { holds: negated, got: 'nothing' };
  for (let round = 0; !ended.aborted; round += 1) {
    try {
      seen = subject.locator === null ? await lookAtPage(given) : await lookAt(subject.locator, given);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // Two elements where one is meant do not become one by waiting; a page that is just changing does.
      if (/strict mode violation/.test(message)) return { ok: false, message };
      seen = { holds: negated, got: 'no answer of the page' };
    }
    if (seen.holds !== negated) return { ok: true };
    if (performance.now() >= untilMs) break;
    await sleep(Math.min(PAUSES_MS[round] ?? 500, Math.max(0, untilMs - performance.now())));
  }
  const who = subject.locator === null ? 'the page' : String(subject.locator);
  const not = negated ? 'not ' : '';
  return {
    ok: false,
    message: `expected ${who} ${not}${words(given.matcher, given.expected)}, got ${seen.got} (for ${seconds(timeoutMs)})`,
  };
}

async function lookAtPage({ subject, matcher, expected: [wanted], base }: Expectation): Promise<Seen> {
  const text = matcher === 'toHaveTitle' ? squeezed(await subject.page.title()) : subject.page.url();
  const whole =
    typeof wanted === 'string' && matcher === 'toHaveURL' ? (URL.parse(wanted, base)?.href ?? wanted) : wanted;
  return { holds: matches(text, whole, false), got: quoted(text) };
}

async function lookAt(locator: Locator, { matcher, expected }: Expectation): Promise<Seen> {
  const [wanted, more] = expected;
  if (matcher === 'toHaveCount') {
    const count = await locator.count();
    return { holds: count === wanted, got: String(count) };
  }
  if (Array.isArray(wanted) && (matcher === 'toHaveText' || matcher === 'toContainText')) {
    const texts = (await locator.allTextContents()).map(squeezed);
    const partly = matcher === 'toContainText';
    const holds = texts.length === wanted.length && wanted.every((one, i) => matches(texts[i] ?? '', one, partly));
    return { holds, got: `[${texts.slice(0, 10).map(quoted).join(', ')}]` };
  }
  const count = await locator.count();
  if (count === 0) {
    const absent = matcher === 'toBeHidden';
    return { holds: absent, got: 'no such element' };
  }
  const timeout = { timeout: LOOK_MS };
  const is = (holds: boolean, yes: string, no: string): Seen => ({ holds, got: holds ? yes : no });
  const opposite = ({ holds, got }: Seen): Seen => ({ holds: !holds, got });
  switch (matcher) {
    case 'toBeAttached':
      return is(true, 'an element', 'no such element');
    case 'toBeVisible':
      return is(await locator.isVisible(), 'a visible one', 'a hidden one');
    case 'toBeHidden':
      return opposite(is(await locator.isVisible(), 'a visible one', 'a hidden one'));
    case 'toBeEnabled':
      return is(await locator.isEnabled(timeout), 'an enabled one', 'a disabled one');
    case 'toBeDisabled':
      return opposite(is(await locator.isEnabled(timeout), 'an enabled one', 'a disabled one'));
    case 'toBeChecked':
      return is(await locator.isChecked(timeout), 'a checked one', 'one that is not checked');
    case 'toBeEditable':
      return is(await locator.isEditable(timeout), 'an editable one', 'one that cannot be edited');
    case 'toBeFocused':
      return is(
        await locator.evaluate((element) => element === element.ownerDocument.activeElement),
        'a focused one',
        'one without focus',
      );
    case 'toBeEmpty': {
      const text = squeezed(await textOf(locator));
      return { holds: text === '', got: quoted(text) };
    }
    case 'toHaveValue':
      return compared(await locator.inputValue(timeout), wanted, false);
    case 'toHaveText':
      return compared(squeezed(await textOf(locator)), wanted, false);
    case 'toContainText':
      return compared(squeezed(await textOf(locator)), wanted, true);
    case 'toHaveId':
      return compared((await locator.getAttribute('id', timeout)) ?? '', wanted, false);
    case 'toHaveClass':
      return compared((await locator.getAttribute('class', timeout)) ?? '', wanted, false);
    case 'toHaveAttribute': {
      const value = await locator.getAttribute(String(wanted), timeout);
      if (value === null) return { holds: false, got: 'no such attribute' };
      return more === undefined ? { holds: true, got: quoted(value) } : compared(value, more, false);
    }
    default:
      throw new TypeError(`expect(locator).${matcher} is not available`);
  }
}

function compared(text: string, wanted: unknown, partly: boolean): Seen {
  return { holds: matches(text, wanted, partly), got: quoted(text) };
}

async function textOf(locator: Locator): Promise<string> {
  return locator.evaluate(
    (element) =>
      'value' in element && typeof element.value === 'string' ? element.value : (element.textContent ?? ''),
    undefined,
    { timeout: LOOK_MS },
  );
}

function matches(text: string, wanted: unknown, partly: boolean): boolean {
  if (wanted instanceof RegExp) return new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, '')).test(text);
  const plain = squeezed(String(wanted));
  return partly ? text.includes(plain) : text === plain || text === String(wanted);
}

/** As a reader sees it: runs of white space are one. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function quoted(text: string): string {
  return text.length > 200 ? `“${text.slice(0, 200)}…”` : `“${text}”`;
}

/** `toHaveText` as "to have text “Welcome”". */
function words(matcher: string, expected: readonly unknown[]): string {
  const sentence = matcher.replace(/[A-Z]+/g, (letters) => ` ${letters === 'URL' ? letters : letters.toLowerCase()}`);
  const shown = expected.map((one) =>
    typeof one === 'string' ? quoted(one) : one instanceof RegExp ? String(one) : (JSON.stringify(one) ?? ''),
  );
  return [sentence, ...shown].join(' ').trim();
}
