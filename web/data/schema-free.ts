/**
 * Stands in for zod in the dashboard's bundle. The contracts build their schemas when they are loaded, but the dashboard
 * only reads `method` and `path` of a route: the server checks input and says what is wrong with it. So each schema here
 * is one value that answers every call with itself, and 60 KB of validator stay on the server. The price: what is read
 * out of a schema (`severity.options`) is empty here; a contract that the dashboard needs values of exports them.
 */
const anything: unknown = new Proxy(() => undefined, {
  get: (_, name) => {
    if (name === Symbol.iterator) return () => [][Symbol.iterator]();
    return typeof name === 'symbol' || name === 'then' ? undefined : anything;
  },
  apply: () => anything,
});

export { anything as z };
