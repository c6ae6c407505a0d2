import { useEffect, useRef, useSyncExternalStore } from 'react';

/** One act that the palette offers. */
export interface Command {
  id: string;
  title: string;
  group: string;
  keys?: string;
  /** More words that find it. */
  also?: string;
  run: () => void;
}

let sets: readonly { commands: readonly Command[] }[] = [];
let all: readonly Command[] = [];
const listeners = new Set<() => void>();

function change(next: typeof sets): void {
  sets = next;
  all = sets.flatMap((set) => set.commands).toReversed();
  for (const listener of listeners) listener();
}

/** Offers acts in the palette while the component stands; those of the innermost screen come first. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  const shape = commands.map((command) => `${command.id} ${command.title}`).join('\n');
  useEffect(() => {
    const set = {
      commands: latest.current.map((command) => ({
        ...command,
        run: () => latest.current.find(({ id }) => id === command.id)?.run(),
      })),
    };
    change([...sets, set]);
    return () => change(sets.filter((other) => other !== set));
  }, [shape]);
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => all,
  );
}
