const LONGEST = 120;

/**
 * A name as the value of a label: in addresses that people typed into it, who signs in and what is asked is left out, since
 * either may be a secret.
 */
export function plainLabel(name: string): string {
  return name
    .replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*@/gi, '$1')
    .replaceAll(/([a-z][a-z0-9+.-]*:\/\/[^\s?#]*)[?#]\S*/gi, '$1')
    .slice(0, LONGEST);
}
