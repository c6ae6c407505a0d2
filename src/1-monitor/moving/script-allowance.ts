/** Something of a script that is not read, and why; the script stays one. */
export class Unclear extends Error {}

/** The script as a whole asks for more than is made of one: nothing of it is read. */
export class TooMuch extends Unclear {}

/** In characters; what a name stands for counts each time that it is used. */
const MOST_OF_SCRIPT = 200_000;
const MOST_OF_ALL = 4_000_000;

/**
 * How much is made of the scripts of one conversion. A few lines can stand for any amount of text, because a name may be
 * used twice in what the next name stands for.
 */
export class ScriptAllowance {
  #ofAll = MOST_OF_ALL;
  #ofScript = MOST_OF_SCRIPT;

  /** Before a script is read. Throws when those before it were enough. */
  begin(length: number): void {
    this.#ofScript = MOST_OF_SCRIPT;
    this.#spendOfAll(length);
  }

  spend(amount: number): void {
    this.#ofScript -= amount;
    if (this.#ofScript < 0) throw new TooMuch(`it makes more than ${MOST_OF_SCRIPT} characters of what it names`);
    this.#spendOfAll(amount);
  }

  #spendOfAll(amount: number): void {
    this.#ofAll -= amount;
    if (this.#ofAll < 0)
      throw new TooMuch('the scripts of this export are too much to be read at once; hand it in in parts');
  }
}
