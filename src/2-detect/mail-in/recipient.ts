/** To whom a mail is: the key of a source, and after a plus the key of an alert. */
export type Recipient = { readonly key: string; readonly dedup: string | null };

/** Reads `<key>@domain` and `<key>+<dedup>@domain`; null for another domain and for what cannot be a key. */
export function readRecipient(address: string, domain: string): Recipient | null {
  const at = address.lastIndexOf('@');
  if (at < 0 || address.slice(at + 1).toLowerCase() !== domain.toLowerCase()) return null;
  const local = address.slice(0, at);
  const plus = local.indexOf('+');
  const key = (plus < 0 ? local : local.slice(0, plus)).toLowerCase();
  if (!/^in_[a-z0-9]{8,100}$/.test(key)) return null;
  const dedup = plus < 0 ? '' : local.slice(plus + 1).trim();
  return { key, dedup: dedup === '' ? null : dedup.slice(0, 200) };
}
