import type { PhoneProvider } from '../phone-setting/contract.ts';

/** Which try of which message a provider's request is about. */
export type TryRef = {
  readonly provider: PhoneProvider;
  readonly workspaceId: string;
  readonly deliveryId: string;
  readonly number: number;
};

/** Where a provider tells of one try: what became of it, that somebody picked up, what was pressed. */
export function hookUrl(
  what: 'receipt' | 'answer' | 'digit',
  { publicUrl, provider, workspaceId, deliveryId, number }: TryRef & { readonly publicUrl: string },
): string {
  return `${publicUrl}/hooks/${provider}/${workspaceId}/${what}/${deliveryId}/${number}`;
}
