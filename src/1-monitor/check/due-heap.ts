/** A binary min-heap of things ordered by a number, lowest first; equal numbers come in no particular order. */
export class DueHeap<T> {
  readonly #keys: number[] = [];
  readonly #values: T[] = [];

  get size(): number {
    return this.#keys.length;
  }

  /** The lowest key, or null when empty. */
  peekKey(): number | null {
    return this.#keys[0] ?? null;
  }

  push(key: number, value: T): void {
    this.#keys.push(key);
    this.#values.push(value);
    this.#rise(this.#keys.length - 1);
  }

  /** Removes and returns the value with the lowest key, if that key is at most `limit`. */
  popUpTo(limit: number): T | undefined {
    const lowest = this.#keys[0];
    if (lowest === undefined || lowest > limit) return undefined;
    const value = this.#values[0];
    const lastKey = this.#keys.pop();
    const lastValue = this.#values.pop();
    if (this.#keys.length > 0 && lastKey !== undefined && lastValue !== undefined) {
      this.#keys[0] = lastKey;
      this.#values[0] = lastValue;
      this.#sink(0);
    }
    return value;
  }

  clear(): void {
    this.#keys.length = 0;
    this.#values.length = 0;
  }

  #keyAt(index: number): number {
    return this.#keys[index] ?? Infinity;
  }

  #rise(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.#keyAt(parent) <= this.#keyAt(index)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #sink(start: number): void {
    let index = start;
    for (;;) {
      const left = 2 * index + 1;
      const lower = this.#keyAt(left + 1) < this.#keyAt(left) ? left + 1 : left;
      if (this.#keyAt(lower) >= this.#keyAt(index)) return;
      this.#swap(index, lower);
      index = lower;
    }
  }

  #swap(first: number, second: number): void {
    const key = this.#keyAt(first);
    this.#keys[first] = this.#keyAt(second);
    this.#keys[second] = key;
    const [value, other] = [this.#values[first], this.#values[second]];
    if (value === undefined || other === undefined) return;
    this.#values[first] = other;
    this.#values[second] = value;
  }
}
