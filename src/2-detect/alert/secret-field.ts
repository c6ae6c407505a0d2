const UNSEEN = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
/** `author` and `sessions` (how many) tell something at night; `auth` and `session` do not. */
const SECRET =
  /passw|passphrase|_pass$|pwd|secret|token|credential|cookie|auth(?!or(?!i))|bearer|jwt|session(?!s(?![a-z]))|(?:api|private|access|ssh|signing|encryption)[-_. ]?key|dsn(?![a-z])/i;
/** Who logs in, in front of a host: up to the last @ before a path begins. */
const LOGIN = /:\/\/[^\s/?#]+@/g;

/** Whether a field is called like something that opens doors; it wants the whole name, with all that it stands in. */
export function isSecretField(name: string): boolean {
  return SECRET.test(name.replace(UNSEEN, ''));
}

/** `postgres://shop:hunter2@db/orders` without who logs in; of a text that was cut before, an end may be left. */
export function withoutLogin(text: string): string {
  return text.replace(LOGIN, '://…@');
}
