import { useEffect, useRef, useSyncExternalStore } from 'react';

/** Keys that act anywhere on a screen: `d`, `?`, `mod+k`, or two after each other as `g i`. */
export interface KeyBinding {
  keys: string;
  does: string;
}

interface Bound extends KeyBinding {
  run: () => void;
}

let bindings: readonly Bound[] = [];
const listeners = new Set<() => void>();
const sequenceMs = 1000;
let pending: { key: string; at: number } | undefined;

function change(next: readonly Bound[]): void {
  bindings = next;
  for (const listener of listeners) listener();
}

/** What the person is writing into keeps its letters. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function inDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"], [role="menu"]') !== null;
}

function bindingOf(keys: string): Bound | undefined {
  return bindings.findLast((bound) => bound.keys === keys);
}

/** Does what the keys would do on this screen now: a button that shows a key means the same as the key. */
export function runKey(keys: string): void {
  bindingOf(keys)?.run();
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const mod = event.metaKey || event.ctrlKey;
  if (!mod && (isTyping(event.target) || inDialog(event.target))) return;
  const pressed = mod ? `mod+${event.key.toLowerCase()}` : event.key;
  const before = pending !== undefined && event.timeStamp - pending.at < sequenceMs ? `${pending.key} ` : '';
  const bound = (before === '' ? undefined : bindingOf(before + pressed)) ?? bindingOf(pressed);
  const begins = !mod && bindings.some((other) => other.keys.startsWith(`${pressed} `));
  pending = begins && bound === undefined ? { key: pressed, at: event.timeStamp } : undefined;
  if (bound === undefined) return;
  event.preventDefault();
  bound.run();
}

if (typeof window !== 'undefined') window.addEventListener('keydown', onKeyDown);

/** Binds keys while the component stands; the latest binding of a key wins. `does` is shown in the help (`?`). */
export function useKey(keys: string, does: string, run: () => void, enabled = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    const bound: Bound = { keys, does, run: () => latest.current() };
    change([...bindings, bound]);
    return () => change(bindings.filter((other) => other !== bound));
  }, [keys, does, enabled]);
}

export function useKeyBindings(): readonly KeyBinding[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => bindings,
  );
}
