const SPECIAL = /[\\`*_~|#[\]()<>!]/g;

/** Text that chats which read Markdown show as it is: an alert can neither hide a link nor fetch a picture. */
export function plainMarkdown(text: string): string {
  return text
    .split(/(https?:\/\/[\w.:/?#@&=+,;%$-]+)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(SPECIAL, String.raw`\$&`)))
    .join('')
    .toWellFormed();
}
