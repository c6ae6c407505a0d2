interface Sent {
  readonly step: number;
  readonly cycle: number;
  readonly at: string;
}

/** One step of a page as it ran, with the reason why it began. */
export interface JournalStep<Notice extends Sent> {
  readonly step: number;
  readonly cycle: number;
  readonly because: string;
  readonly notices: readonly Notice[];
}

function reasonOf(step: number, cycle: number, before: { step: number; cycle: number } | undefined): string {
  if (before === undefined) {
    return step === 1 ? 'began at once' : `began at once: nobody in ${stepsWords(1, step - 1)} can be reached`;
  }
  if (cycle > before.cycle) return 'began again: nobody had acknowledged';
  const skipped = step - before.step - 1;
  const passed = skipped > 0 ? `; nobody in ${stepsWords(before.step + 1, step - 1)} can be reached` : '';
  return `because nobody had acknowledged${passed}`;
}

function stepsWords(from: number, to: number): string {
  return from === to ? `step ${from}` : `steps ${from} to ${to}`;
}

/** The messages of a page by step, in the order in which they ran, each step with why it began. */
export function journalOf<Notice extends Sent>(notices: readonly Notice[]): JournalStep<Notice>[] {
  const groups = Map.groupBy(notices, ({ step, cycle }) => cycle * 1_000 + step);
  const ordered = [...groups].toSorted(([a], [b]) => a - b).map(([, group]) => group);
  return ordered.flatMap((group, index) => {
    const [first] = group;
    if (first === undefined) return [];
    const { step, cycle } = first;
    return [
      {
        step,
        cycle,
        because: reasonOf(step, cycle, ordered[index - 1]?.[0]),
        notices: group.toSorted((a, b) => a.at.localeCompare(b.at)),
      },
    ];
  });
}
