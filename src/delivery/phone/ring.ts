/** How long a telephone rings: short of the voice mailbox, and of the half minute after which the next method is used. */
export const RING_SECONDS = 20;
