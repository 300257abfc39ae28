import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'puppeteer-core'
import puppeteer from 'puppeteer-core'
import type { HtmlInput } from '../../src/report/html/html-input.ts'
import { renderHtml } from '../../src/report/html/render-html.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** A Chromium of the machine: none is downloaded. A test without a browser must not pass, so it throws where there is none. */
function installedChromium(): string {
  for (const name of names) {
    try {
      return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim()
    } catch {
      // The next one.
    }
  }
  throw new Error(`found none of ${names.join(', ')}; expected a browser: apt-get install chromium, or ./verify installs it`)
}

/** One browser for a test file, and pages of reports in it, opened as files. */
export class Chromium {
  readonly #browser: Browser
  readonly #folder = mkdtempSync(join(tmpdir(), 'gilproof-html-'))

  private constructor(browser: Browser) {
    this.#browser = browser
  }

  static async start(): Promise<Chromium> {
    // In a container the tests run as root, which its sandbox refuses.
    return new Chromium(await puppeteer.launch({ executablePath: installedChromium(), args: ['--no-sandbox', '--disable-gpu'] }))
  }

  async stop(): Promise<void> {
    await this.#browser.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** An empty tab, in a context of its own: nothing is remembered from another test. */
  async newTab(): Promise<Page> {
    const context = await this.#browser.createBrowserContext()
    const tab = await context.newPage()
    await tab.setViewport({ width: 1300, height: 900 })
    await tab.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }])
    return tab
  }

  /** Address of the page of a counterexample. */
  write(input: HtmlInput, name = 'page'): string {
    const file = join(this.#folder, `${name}.html`)
    writeFileSync(file, renderHtml(input))
    return pathToFileURL(file).href
  }
}

/** Evaluates an expression in the page, which TypeScript knows nothing of. */
export async function ask<Answer>(tab: Page, expression: string): Promise<Answer> {
  return (await tab.evaluate(expression)) as Answer
}

/** Number of the step that is shown. */
export async function stepIn(tab: Page): Promise<number> {
  return Number(await ask<string>(tab, `document.querySelector('[aria-current="step"]').id.replace('step-', '')`))
}
