import { listIn, locatorOf } from './arguments.ts';
import type { FromScript, On } from './messages.ts';
import type { Scene } from './scene.ts';

/** "goto /login", "click getByRole('button')": never what is typed. */
export function describeCall(message: Extract<FromScript, { type: 'call' | 'expect' }>, scene: Scene): string {
  const on: On = message.on;
  const first = message.type === 'call' ? listIn(message.args)[0] : undefined;
  const name =
    message.type === 'expect'
      ? `expect ${message.negated === true ? 'not.' : ''}${String(message.matcher)}`
      : String(message.method);
  if (on.kind === 'locator') return `${name} ${shownLocator(on, scene)}`;
  if (on.kind === 'page' && typeof first === 'string' && !/type|setContent/.test(name)) return `${name} ${first}`;
  return name;
}

function shownLocator(on: Extract<On, { kind: 'locator' }>, scene: Scene): string {
  try {
    return String(locatorOf(on, scene.page));
  } catch {
    return 'a locator';
  }
}
