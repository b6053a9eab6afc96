import { elementById } from './elements.ts';

const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const STORAGE_KEY = 'convoscope-theme';

/** Sets the theme that the reader chose last. To be called before the browser paints the first event. */
export function applyStoredTheme(): void {
  document.documentElement.dataset.theme = storedTheme();
}

export function setUpThemeButton(): void {
  const button = elementById('theme', HTMLButtonElement);
  showTheme(button, currentTheme());
  button.addEventListener('click', () => {
    const next = THEMES[(THEMES.indexOf(currentTheme()) + 1) % THEMES.length] ?? 'auto';
    storeTheme(next);
    showTheme(button, next);
  });
}

function showTheme(button: HTMLButtonElement, theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  button.textContent = `Theme: ${theme}`;
}

function currentTheme(): Theme {
  return toTheme(document.documentElement.dataset.theme);
}

function storedTheme(): Theme {
  try {
    return toTheme(localStorage.getItem(STORAGE_KEY));
  } catch {
    // A page opened from a file may have no storage.
    return 'auto';
  }
}

function storeTheme(theme: Theme): void {
  try {
    localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // A page opened from a file may have no storage: the theme then lasts as long as the page is open.
  }
}

function toTheme(text: string | null | undefined): Theme {
  return THEMES.find((theme) => theme === text) ?? 'auto';
}
