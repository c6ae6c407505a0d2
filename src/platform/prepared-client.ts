import pg from 'pg';

/** So often a text has been asked before it is worth a name: what is asked once, at the start, is none. */
const USES_BEFORE_NAMED = 10;
/** Each connection keeps the plans of all of them, some 20 KB each. */
const MOST_NAMED = 200;
const MOST_COUNTED = 2_000;

/**
 * Gives names to the statements that are asked again and again: PostgreSQL parses and plans what has a name once for
 * each connection. Texts that differ each time (lists of another length) never get one, so there is a bound to it.
 */
export type StatementNames = {
  readonly nameOf: (text: string) => string | undefined;
  /** What was planned no longer fits the tables: everything gets another name, and so a new plan. */
  readonly renew: () => void;
};

export function createStatementNames(): StatementNames {
  const uses = new Map<string, number>();
  const names = new Map<string, string>();
  let made = 0;
  return {
    nameOf(text) {
      const known = names.get(text);
      if (known !== undefined || names.size >= MOST_NAMED) return known;
      const used = (uses.get(text) ?? 0) + 1;
      if (used < USES_BEFORE_NAMED) {
        if (uses.size >= MOST_COUNTED) uses.clear();
        uses.set(text, used);
        return undefined;
      }
      uses.delete(text);
      made += 1;
      const name = `allclear_${made}`;
      names.set(text, name);
      return name;
    },
    renew: () => names.clear(),
  };
}

/**
 * A plan that the server cannot use any more: a column was added since (`select *` answers something else), or the
 * connection has lost its statements. Nothing was done.
 */
const STALE = new Set(['0A000', '26000', '42P05']);

/** Whether a statement failed only because its plan was made for tables that have changed; asked again, it is planned anew. */
export function isStalePlan(error: unknown): boolean {
  return (error as { stalePlan?: boolean }).stalePlan === true;
}

/** One statement that may be prepared, and is worth it: what begins and ends transactions is not, several at once cannot. */
const ASKS = /^\s*(with|select|insert|update|delete)\b[^;]*$/i;

type Result = Promise<pg.QueryResult>;
type Done = (error: unknown, result?: pg.QueryResult) => void;

/** A client class for `pg.Pool` whose statements get names. */
export function preparedClient(names: StatementNames): typeof pg.Client {
  class PreparedClient extends pg.Client {}
  // It has a form for each way of asking; this passes on whichever was used.
  const plain = (client: pg.Client, args: readonly unknown[]) => Reflect.apply(pg.Client.prototype.query, client, args);

  async function ask(client: pg.Client, text: string, name: string, values: readonly unknown[]) {
    try {
      return await (plain(client, [{ text, name, values }]) as Result);
    } catch (error) {
      if (!STALE.has((error as { code?: string }).code ?? '')) throw error;
      names.renew();
      // A transaction has to begin again as a whole; its owner is told that it may.
      if (client.getTransactionStatus() !== 'I') throw Object.assign(error as Error, { stalePlan: true });
      return await (plain(client, [text, values]) as Result);
    }
  }

  function query(this: pg.Client, ...args: unknown[]): unknown {
    const [text, values, done] = args as [unknown, unknown, Done | undefined];
    const name = typeof text === 'string' && Array.isArray(values) && ASKS.test(text) ? names.nameOf(text) : undefined;
    if (name === undefined) return plain(this, args);
    const asked = ask(this, text as string, name, values as unknown[]);
    if (done === undefined) return asked;
    return void asked.then(
      (result) => done(null, result),
      (error: unknown) => done(error),
    );
  }
  Object.assign(PreparedClient.prototype, { query });
  return PreparedClient;
}
