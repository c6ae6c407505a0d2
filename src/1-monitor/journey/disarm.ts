import { registerHooks } from 'node:module';

const KEPT = new Set(['argv', 'emit', 'env', 'exitCode', 'nextTick', 'on', 'stdin', 'stdout', 'version', 'versions']);

/**
 * Takes from this process what the permission model leaves to it: signals to other processes (also those that open a
 * debugger in them), accounts, and every module of Node, among them one that opens databases in files.
 */
export function disarm(): void {
  for (const name of Object.getOwnPropertyNames(process)) {
    const value: unknown = Object.getOwnPropertyDescriptor(process, name)?.value;
    // Node itself calls the last two.
    const kept = KEPT.has(name) || name.startsWith('_tick') || name.startsWith('_fatal');
    if (typeof value === 'function' && !kept) Reflect.deleteProperty(process, name);
  }
  registerHooks({
    resolve() {
      throw new Error('no module can be loaded here');
    },
  });
}
