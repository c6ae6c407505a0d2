/** The look of a link inside text. */
export const textLink = 'text-accent-text underline decoration-1 underline-offset-2 hover:decoration-2';
