/**
 * Says the newest of what is given: at most once in `everyMs`, and never again before the last was taken. `merge`: what
 * of one that was not said lives on in the next.
 */
export function paced<Said>(
  say: (said: Said) => Promise<void>,
  everyMs: number,
  merge: (older: Said, newer: Said) => Said,
): (said: Said) => void {
  let waiting: { readonly said: Said } | null = null;
  let busy = false;
  const next = async (said: Said): Promise<void> => {
    busy = true;
    const pause = new Promise((resolve) => {
      setTimeout(resolve, everyMs);
    });
    await Promise.all([say(said), pause]);
    busy = false;
    const then = waiting;
    waiting = null;
    if (then !== null) void next(then.said);
  };
  return (said) => {
    if (busy) waiting = { said: waiting === null ? said : merge(waiting.said, said) };
    else void next(said);
  };
}
