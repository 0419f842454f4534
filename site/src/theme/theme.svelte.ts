/** @file Light, dark, or as the learner's system says. The choice is kept on this device only. */

/** What the learner chose. */
export type ThemeChoice = 'auto' | 'light' | 'dark'

/** The choices in the order in which the button goes round. */
export const THEME_CHOICES: readonly ThemeChoice[] = ['auto', 'light', 'dark']

const KEY = 'singleshot-theme'

class Theme {
  choice = $state<ThemeChoice>(remembered())
  #systemDark = $state(false)

  constructor() {
    const system = matchMedia('(prefers-color-scheme: dark)')
    this.#systemDark = system.matches
    system.addEventListener('change', () => {
      this.#systemDark = system.matches
      this.#apply()
    })
    this.#apply()
  }

  /** What is shown. Drawings read it, so that they are drawn again when it changes. */
  get shown(): 'light' | 'dark' {
    if (this.choice !== 'auto') return this.choice
    return this.#systemDark ? 'dark' : 'light'
  }

  /** Shows another theme and remembers it. */
  choose(choice: ThemeChoice): void {
    this.choice = choice
    this.#apply()
    try {
      localStorage.setItem(KEY, choice)
    } catch {
      // A browser that keeps nothing: the choice holds until the page is left.
    }
  }

  #apply(): void {
    document.documentElement.dataset.theme = this.shown
  }
}

function remembered(): ThemeChoice {
  try {
    const kept = localStorage.getItem(KEY)
    return THEME_CHOICES.find((choice) => choice === kept) ?? 'auto'
  } catch {
    return 'auto'
  }
}

/** The page's theme. */
export const theme = new Theme()

/** Whether the learner asked their system for less motion. */
export function prefersLessMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}
