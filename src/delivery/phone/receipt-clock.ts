/** How long a provider may take to say that a page arrived before the next one, and the next method, is used. */
export const RECEIPT_MS = 30_000;

/** The rule that looks after missing receipts; see `chaseReceipts`. */
export const RECEIPT_CLOCK = { name: 'delivery.receipts' } as const;
