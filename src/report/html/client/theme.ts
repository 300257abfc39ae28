import { elementOf } from './elements.ts'

const key = 'gilproof-theme'
type Theme = 'light' | 'dark'

/** The theme of the system until the reader chooses the other one; the choice is remembered where the browser allows it. */
export function offerThemes(): void {
  const button = elementOf('theme')
  const system = matchMedia('(prefers-color-scheme: dark)')
  const shown = (): Theme => chosen() ?? (system.matches ? 'dark' : 'light')
  const label = (): void => {
    button.textContent = shown() === 'dark' ? 'Light theme' : 'Dark theme'
  }
  const stored = remembered()
  if (stored !== undefined) document.documentElement.dataset['theme'] = stored
  button.addEventListener('click', () => {
    const theme = shown() === 'dark' ? 'light' : 'dark'
    document.documentElement.dataset['theme'] = theme
    remember(theme)
    label()
  })
  system.addEventListener('change', label)
  label()
  button.hidden = false
}

function chosen(): Theme | undefined {
  return asTheme(document.documentElement.dataset['theme'])
}

function remembered(): Theme | undefined {
  try {
    return asTheme(localStorage.getItem(key))
  } catch {
    return undefined
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(key, theme)
  } catch {
    // Without a store the choice lasts as long as the page.
  }
}

function asTheme(text: string | null | undefined): Theme | undefined {
  return text === 'light' || text === 'dark' ? text : undefined
}
