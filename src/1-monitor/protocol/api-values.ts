import { randomInt, randomUUID } from 'node:crypto';
import type { Assertion } from '../check/spec.ts';
import { fillTemplate } from '../kind/template.ts';

/** A place in a template for which there is no value now. */
export class MissingValue extends Error {
  constructor(name: string) {
    super(`{{${name}}} has no value: the step that takes it did not run, or found none`);
  }
}

type Put = (name: string, before: string) => string;

/** What one run knows by name, and how it is put into a request. What is secret never comes out again in words. */
export class ApiValues {
  readonly #values = new Map<string, { readonly value: string; readonly secret: boolean }>();
  readonly #secrets = new Set<string>();

  constructor(variables: readonly { readonly name: string; readonly value: string; readonly secret: boolean }[]) {
    for (const { name, value, secret } of variables) this.set(name, value, secret);
  }

  set(name: string, value: string, secret: boolean): void {
    this.#values.set(name, { value, secret });
    if (secret) this.hide(value);
  }

  /** From now on the text, and the ways in which it is usually written, read `[secret]`. */
  hide(value: string): void {
    if (value === '') return;
    this.#secrets.add(value);
    this.#secrets.add(encodeURIComponent(value.toWellFormed()));
    this.#secrets.add(jsonEscaped(value));
    this.#secrets.add(Buffer.from(value).toString('base64'));
  }

  mask(text: string): string {
    let masked = text;
    for (const secret of [...this.#secrets].toSorted((a, b) => b.length - a.length))
      masked = masked.replaceAll(secret, '[secret]');
    return masked;
  }

  isSecretIn(text: string): boolean {
    return this.mask(text) !== text;
  }

  /** What may be shown of a value. */
  shown(name: string): string {
    const known = this.#values.get(name);
    if (known === undefined) return '';
    return known.secret ? '[secret]' : this.mask(known.value);
  }

  /** As it is, on one line where that matters. */
  text(template: string): string {
    return fillTemplate(template, (name) => this.#value(name));
  }

  /** Encoded, so that a value stays one part of the address; only one that begins it may be a whole address. */
  url(template: string): string {
    return fillTemplate(template, (name, before) => {
      const value = this.#value(name);
      return before === '' ? value : encodeURIComponent(value.toWellFormed());
    });
  }

  /** By what the body is: inside the quotes of JSON escaped for them, in a form encoded, else as it is. */
  body(template: string, contentType: string): string {
    if (/\bjson\b/i.test(contentType)) {
      const put: Put = (name, before) => {
        const value = this.#value(name);
        return isInsideQuotes(before) ? jsonEscaped(value) : value;
      };
      return fillTemplate(template, put);
    }
    if (/x-www-form-urlencoded/i.test(contentType))
      return fillTemplate(template, (name) => encodeURIComponent(this.#value(name).toWellFormed()));
    return this.text(template);
  }

  assertion(given: Assertion): Assertion {
    if (given.kind === 'json') {
      const path = fillTemplate(given.path, (name, before) => {
        const value = this.#value(name);
        return isInsideQuotes(before, "'") || isInsideQuotes(before) ? pathEscaped(value) : value;
      });
      return { ...given, path, value: this.#expected(given.test, given.value) };
    }
    if (given.kind === 'header' || given.kind === 'body')
      return { ...given, value: this.#expected(given.test, given.value) };
    return given;
  }

  #expected(test: string, template: string): string {
    if (test !== 'matches') return this.text(template);
    return fillTemplate(template, (name) => RegExp.escape(this.#value(name)));
  }

  #value(name: string): string {
    const known = this.#values.get(name);
    if (known !== undefined) return known.value;
    const made = makeValue(name);
    if (made === null) throw new MissingValue(name);
    // One run says the same everywhere.
    this.set(name, made, false);
    return made;
  }
}

function makeValue(name: string): string | null {
  if (name === '$uuid') return randomUUID();
  if (name === '$timestamp') return String(Math.floor(Date.now() / 1_000));
  return name === '$random' ? String(randomInt(1_000_000)) : null;
}

function jsonEscaped(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

function pathEscaped(value: string): string {
  return value.replace(/['"\\]/g, String.raw`\$&`);
}

/** Whether what follows stands in a text that `quote` began. */
function isInsideQuotes(before: string, quote = '"'): boolean {
  let inside = false;
  for (let at = 0; at < before.length; at += 1) {
    if (before[at] === '\\' && inside) at += 1;
    else if (before[at] === quote) inside = !inside;
  }
  return inside;
}
