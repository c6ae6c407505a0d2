import type { Ctx } from './ctx.ts';

/** Answers as `read` does; `forget` says that this transaction has changed what was read. */
export type OnceATransaction<Value> = ((ctx: Ctx) => Promise<Value>) & { readonly forget: (ctx: Ctx) => void };

/** Reads once in a transaction, however often it is asked: one may decide about many alerts. Outside, it just reads. */
export function onceATransaction<Value>(read: (ctx: Ctx) => Promise<Value>): OnceATransaction<Value> {
  const found = new WeakMap<Ctx['transaction'], Promise<Value>>();
  const readOnce = (ctx: Ctx) => {
    if (!ctx.transaction.isTransaction) return read(ctx);
    const reading = found.get(ctx.transaction) ?? read(ctx);
    found.set(ctx.transaction, reading);
    return reading;
  };
  return Object.assign(readOnce, { forget: (ctx: Ctx) => void found.delete(ctx.transaction) });
}

/** The same for what is asked by a name, such as an id: once for each. */
export function onceATransactionEach<Value>(
  read: (ctx: Ctx, name: string) => Promise<Value>,
): (ctx: Ctx, name: string) => Promise<Value> {
  const found = onceATransaction(async () => new Map<string, Promise<Value>>());
  return async (ctx, name) => {
    const values = await found(ctx);
    const reading = values.get(name) ?? read(ctx, name);
    values.set(name, reading);
    return await reading;
  };
}
