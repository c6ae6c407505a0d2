interface Placed {
  readonly id: string;
  readonly position: number;
}

/** The fewest positions to write so that lines stand in this order: 1, 2, 3, … */
export function positionsAfter(ordered: readonly Placed[]): { id: string; position: number }[] {
  return ordered.flatMap(({ id, position }, index) => (position === index + 1 ? [] : [{ id, position: index + 1 }]));
}
