import { type ChangeEvent, type FormEvent, useEffect, useRef, useState } from 'react';
import { ApiProblem } from '#client';

type NamesOf<Values, Kind> = { [Name in keyof Values]: Values[Name] extends Kind ? Name : never }[keyof Values] &
  string;
type TextEvent = ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>;

export interface Form<Values> {
  values: Values;
  set: <Name extends keyof Values>(name: Name, value: Values[Name]) => void;
  /** Spread on an Input, Textarea or Select. */
  text: <Name extends NamesOf<Values, string>>(
    name: Name,
  ) => { name: Name; value: Values[Name]; onChange: (event: TextEvent) => void };
  /** Spread on a Checkbox. */
  check: <Name extends NamesOf<Values, boolean>>(
    name: Name,
  ) => { name: Name; checked: Values[Name]; onChange: (event: ChangeEvent<HTMLInputElement>) => void };
  /** What the server (or `refuse`) said of this field; gone as soon as the field changes. */
  error: (name: (keyof Values & string) | (string & {})) => string | undefined;
  /** The whole fault, for an ErrorNote; pass `fields` as its `shown`. */
  problem: unknown;
  fields: string[];
  busy: boolean;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  /** Sends without an event: for an act that mends what was refused and tries again. */
  send: () => void;
  reset: (values?: Values) => void;
}

interface Options<Values> {
  initial: Values;
  submit: (values: Values) => Promise<unknown>;
  /** Faults seen before asking the server: field → sentence. */
  refuse?: (values: Values) => Partial<Record<keyof Values & string, string>>;
  /** Fields that say their own fault, though no value has their name. */
  also?: readonly string[];
  /** Keeps unsent text under this name in the tab's storage, so that a reload or a sign-in loses nothing. Not for secrets. */
  keep?: string;
}

const kept = (name: string) => `allclear.form.${name}`;

function readKept<Values extends object>(name: string | undefined, initial: Values): Values {
  if (name === undefined) return initial;
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(kept(name)) ?? 'null');
    return typeof stored === 'object' && stored !== null ? { ...initial, ...stored } : initial;
  } catch {
    return initial;
  }
}

function writeKept(name: string | undefined, values: object | undefined): void {
  if (name === undefined) return;
  try {
    if (values === undefined) sessionStorage.removeItem(kept(name));
    else sessionStorage.setItem(kept(name), JSON.stringify(values));
  } catch {
    // Storage is refused or full: the text stays on the screen, which is what matters.
  }
}

/**
 * `body.assertions.0.value`, `/assertions/0/value` and `assertions[0].value` all mean the field `assertions`;
 * `body.options.send` the field `send`, `body.confirm.failures` the field `failures`.
 */
export function fieldOfPath(path: string): string {
  return path.replace(/^\/?(body[./])?((options|confirm)[./])?/, '').split(/[./[]/)[0] ?? '';
}

function faultsOf(error: unknown): Record<string, string> {
  const faults: Record<string, string> = {};
  if (!(error instanceof ApiProblem)) return faults;
  for (const fault of error.errors) faults[fieldOfPath(fault.path)] ??= fault.message;
  return faults;
}

/** Holds what is typed, sends it once, puts each fault beside its field and the cursor into the first one. */
export function useForm<Values extends object>({
  initial,
  submit,
  refuse,
  also = [],
  keep,
}: Options<Values>): Form<Values> {
  const [values, setValues] = useState(() => readKept(keep, initial));
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (Object.keys(faults).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [faults]);

  const set: Form<Values>['set'] = (name, value) => {
    setValues((before) => {
      const after = { ...before, [name]: value };
      writeKept(keep, after);
      return after;
    });
    setFaults((before) => (String(name) in before ? without(before, String(name)) : before));
  };

  async function send(): Promise<void> {
    const refused = Object.entries<string | undefined>(refuse?.(values) ?? {}).flatMap(
      ([name, fault]): [string, string][] => (fault === undefined ? [] : [[name, fault]]),
    );
    setFaults(Object.fromEntries(refused));
    setProblem(undefined);
    if (refused.length > 0) return;
    setBusy(true);
    try {
      await submit(values);
      writeKept(keep, undefined);
    } catch (error) {
      setFaults(faultsOf(error));
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  return {
    values,
    set,
    text: (name) => ({
      name,
      value: values[name],
      onChange: (event) => set(name, event.target.value as Values[typeof name]),
    }),
    check: (name) => ({
      name,
      checked: values[name],
      onChange: (event) => set(name, event.target.checked as Values[typeof name]),
    }),
    error: (name) => faults[name],
    problem,
    fields:
      problem instanceof ApiProblem
        ? problem.errors
            .map((fault) => fault.path)
            .filter((path) => fieldOfPath(path) in values || also.includes(fieldOfPath(path)))
        : [],
    busy,
    send: () => void send(),
    onSubmit: (event) => {
      event.preventDefault();
      form.current = event.currentTarget;
      if (!busy) void send();
    },
    reset: (next) => {
      setValues(next ?? initial);
      setFaults({});
      setProblem(undefined);
      writeKept(keep, undefined);
    },
  };
}

function without(record: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}
