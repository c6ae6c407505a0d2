/** The headers with those of an account or token; one that somebody wrote wins. */
export function signedIn(
  headers: Readonly<Record<string, string>>,
  {
    user,
    password,
    bearerToken,
  }: { readonly user: string | null; readonly password: string | null; readonly bearerToken: string | null },
): Readonly<Record<string, string>> {
  if (Object.keys(headers).some((name) => name.toLowerCase() === 'authorization')) return headers;
  if (bearerToken !== null) return { ...headers, Authorization: `Bearer ${bearerToken}` };
  if (user === null && password === null) return headers;
  const account = Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64');
  return { ...headers, Authorization: `Basic ${account}` };
}
