/** Gives the browser bytes, in base 64, as a file to keep. */
export function downloadBytes(name: string, type: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  download(name, new Blob([bytes], { type }));
}

/** Gives the browser a text as a file to keep. */
export function downloadText(name: string, type: string, text: string): void {
  download(name, new Blob([text], { type }));
}

function download(name: string, file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
