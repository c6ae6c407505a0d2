// Runs before the first paint, so that a chosen theme never flashes the other one. `app/theme.ts` writes the choice.
try {
  const chosen = localStorage.getItem('allclear.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is refused: the system's theme stands.
}
