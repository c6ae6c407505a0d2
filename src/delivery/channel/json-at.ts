type JsonObject = Readonly<Record<string, unknown>>;

/** A member of a JSON object that is an object itself; empty for anything else. */
export function objectAt(value: JsonObject, name: string): JsonObject {
  const inner = value[name];
  return typeof inner === 'object' && inner !== null ? (inner as JsonObject) : {};
}

/** A member that is text, or a number written as text; empty for anything else. */
export function textAt(value: JsonObject, name: string): string {
  const inner = value[name];
  return typeof inner === 'string' ? inner : typeof inner === 'number' ? String(inner) : '';
}
