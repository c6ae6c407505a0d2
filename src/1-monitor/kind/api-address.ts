/** Relative to the monitor's address as to a folder: `users` below it, `/users` below its host. */
export function addressOf(url: string, base: URL): string {
  if (url === '') return base.href;
  const folder = new URL(base);
  if (!folder.pathname.endsWith('/') && !/^[?#]/.test(url)) folder.pathname += '/';
  return URL.parse(url, folder.href)?.href ?? url;
}
