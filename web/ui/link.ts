/** The look of a link inside text. */
export const textLink = 'text-accent-text underline-offset-2 hover:underline';
