/** Where what floats over a screen is put: inside its main landmark, so that screen readers find it there. */
export function floatingContainer(): HTMLElement {
  return document.getElementById('content') ?? document.body;
}
