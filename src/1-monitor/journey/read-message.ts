import type { FromScript } from './messages.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Whatever a script sends is a guess at best: every part is looked at before anybody uses it. Null: it is no message. */
export function readMessage(line: string): FromScript | null {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return null;
  }
  return isFields(message) && isMessage(message) ? (message as unknown as FromScript) : null;
}

function isMessage(message: Fields): boolean {
  const { type, id, on, line = null } = message;
  switch (type) {
    case 'call':
      return isNumber(id) && isOn(on) && isText(message['method']) && Array.isArray(message['args']) && isLine(line);
    case 'expect':
      return isNumber(id) && isOn(on) && isText(message['matcher']) && isLine(line);
    case 'step-begin':
      return isNumber(id) && isText(message['name']);
    case 'step-end':
      return isNumber(id);
    case 'tests':
      return Array.isArray(message['names']) && message['names'].every(isText);
    case 'test':
      return isFields(message['use']);
    case 'listen':
      return isNumber(message['page']);
    case 'log':
      return isText(message['text']);
    case 'done':
      return message['error'] === null || isError(message['error']);
    default:
      return false;
  }
}

/** What its kind needs besides is looked at by whoever serves the call, and refused there. */
function isOn(on: unknown): boolean {
  return isFields(on) && isText(on['kind']);
}

function isError(error: unknown): boolean {
  return isFields(error) && isText(error['name']) && isText(error['message']);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isLine(line: unknown): boolean {
  return line === null || isNumber(line);
}
