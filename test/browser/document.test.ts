import axe from 'axe-core'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostileInput, hostileName, htmlInput } from '../report/html/html-sample.ts'
import { ask, Chromium, stepIn } from './chromium.ts'

let chromium: Chromium
let address: string

beforeAll(async () => {
  chromium = await Chromium.start()
  address = chromium.write(htmlInput)
})
afterAll(() => chromium.stop())

/** A tab that notes what the page asks for, says and is refused. */
async function watchedTab(): Promise<{ readonly tab: Page; readonly requests: string[]; readonly complaints: string[] }> {
  const tab = await chromium.newTab()
  const requests: string[] = []
  const complaints: string[] = []
  tab.on('request', (request) => requests.push(request.url()))
  tab.on('console', (message) => complaints.push(message.text()))
  tab.on('pageerror', (error) => complaints.push(String(error)))
  return { tab, requests, complaints }
}

describe('the page in a browser', () => {
  it('loads one file and nothing else, and breaks no rule of its own policy', async () => {
    const { tab, requests, complaints } = await watchedTab()
    await tab.goto(address)
    await tab.keyboard.press('End')
    expect({ requests, complaints }).toEqual({ requests: [address], complaints: [] })
    await tab.close()
  })

  it('refuses every other script, and every request', async () => {
    const { tab, complaints } = await watchedTab()
    await tab.goto(address)
    await ask(
      tab,
      `{ const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script);
         const image = new Image(); image.src = 'http://127.0.0.1:9/'; document.body.append(image) }`,
    )
    await tab.waitForFunction('true')
    expect(await ask(tab, 'window.ran === undefined')).toBe(true)
    expect(complaints.join('\n')).toMatch(/script-src[\s\S]*default-src 'none'/)
    await tab.close()
  })

  it('shows hostile names as they are', async () => {
    const { tab, complaints } = await watchedTab()
    await tab.goto(chromium.write(hostileInput, 'hostile'))
    await tab.keyboard.press('End')
    expect(await stepIn(tab)).toBe(5)
    const shown = await ask<readonly string[]>(
      tab,
      `[...document.querySelectorAll('.head span, h4, .announcement')].map((e) => e.textContent)`,
    )
    expect(shown).toContain(hostileName)
    expect(await ask(tab, `document.querySelectorAll('img, script:not([type]):not(:last-of-type)').length`)).toBe(0)
    expect(await tab.title()).not.toBe('broken')
    expect(complaints).toEqual([])
    await tab.close()
  })

  it.each(['light', 'dark'])(
    'has no fault that axe finds, in the %s theme, at the start and at the violation, wide and narrow',
    async (theme) => {
      const tab = await chromium.newTab()
      await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }])
      for (const [width, step] of [
        [1300, 0],
        [1300, 5],
        [390, 3],
      ] as const) {
        await tab.setViewport({ width, height: 900 })
        await tab.goto('about:blank')
        await tab.goto(`${address}#step-${step}`)
        await ask(tab, `document.querySelectorAll('details').forEach((details) => { details.open = true })`)
        await tab.evaluate(axe.source)
        const violations = await ask<readonly unknown[]>(
          tab,
          `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html, failureSummary }) => html.slice(0, 120) + ' ' + failureSummary)]))`,
        )
        expect(violations).toEqual([])
      }
      await tab.close()
    },
  )

  it('changes its theme, and remembers it', async () => {
    const tab = await chromium.newTab()
    await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }])
    await tab.goto(address)
    const paper = (): Promise<string> => ask(tab, 'getComputedStyle(document.documentElement).backgroundColor')
    const light = await paper()
    await tab.click('#theme')
    const dark = await paper()
    expect(dark).not.toBe(light)
    expect(await ask(tab, `document.querySelector('#theme').textContent`)).toBe('Light theme')
    await tab.reload()
    expect(await paper()).toBe(dark)
    await tab.close()
  })

  it.each(['allowed', 'refused'])('copies commands, the program and a link where the clipboard is %s', async (clipboard) => {
    const tab = await chromium.newTab()
    await tab.evaluateOnNewDocument(
      clipboard === 'allowed'
        ? `navigator.clipboard.writeText = async (text) => { window.copied = text }`
        : `navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); document.addEventListener('copy', () => { window.copied = document.activeElement.value })`,
    )
    await tab.goto(`${address}#step-2`)
    const { evidence } = htmlInput.finding
    for (const [button, text] of [
      ['[data-copies="replay"]', `gilproof replay ${evidence?.replayCode}`],
      ['[data-copies="c-program"]', 'text' in htmlInput.program ? htmlInput.program.text : ''],
      ['#permalink', `${address}#${evidence?.replayCode}/step-2`],
    ] as const) {
      await ask(
        tab,
        `window.copied = undefined; document.querySelector('.program').open = true; document.querySelector('${button}').click()`,
      )
      await tab.waitForFunction('window.copied !== undefined', { timeout: 5000 })
      expect(await ask(tab, 'window.copied')).toBe(text)
      await tab.waitForFunction(`document.querySelector('${button}').textContent === 'Copied'`, { timeout: 5000 })
    }
    await tab.close()
  })

  it('fits a telephone', async () => {
    const tab = await chromium.newTab()
    await tab.setViewport({ width: 390, height: 800 })
    await tab.goto(`${address}#step-3`)
    expect(await ask(tab, 'document.documentElement.scrollWidth')).toBe(390)
    expect(await ask(tab, `document.querySelector('#state details').open`)).toBe(false)
    await tab.close()
  })

  it('prints the steps and the chart, light and without controls', async () => {
    const tab = await chromium.newTab()
    await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
    await tab.goto(address)
    await tab.emulateMediaType('print')
    const shows = (selector: string): Promise<boolean> => ask(tab, `document.querySelector('${selector}').checkVisibility()`)
    expect(await Promise.all(['.buttons', '#state', '.copy', '#theme'].map(shows))).toEqual([false, false, false, false])
    expect(await Promise.all(['#step-5 .chart', '#heads', '#step-5 .source', 'table'].map(shows))).toEqual([true, true, true, true])
    expect(await ask(tab, `getComputedStyle(document.querySelector('h1')).color`)).toBe('rgb(34, 37, 42)')
    await tab.close()
  })

  it('moves nothing smoothly for who wants less motion', async () => {
    const behaviours: string[] = []
    for (const value of ['reduce', 'no-preference']) {
      const tab = await chromium.newTab()
      await tab.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value }])
      await tab.evaluateOnNewDocument(`Element.prototype.scrollIntoView = ({ behavior }) => { window.behavior = behavior }`)
      await tab.goto(address)
      await tab.keyboard.press('j')
      behaviours.push(await ask(tab, `behavior + ', ' + getComputedStyle(document.querySelector('.step')).transitionDuration`))
      await tab.close()
    }
    expect(behaviours).toEqual(['instant, 0s', 'smooth, 0.12s'])
  })

  it('can be read without its script', async () => {
    const tab = await chromium.newTab()
    await tab.setJavaScriptEnabled(false)
    await tab.goto(address)
    const shown = await tab.$eval('body', (body) => body.innerText)
    expect(shown).toContain('The chart and the state beside it are drawn by a script.')
    expect(shown).toContain('makes a thread state')
    expect(shown).not.toMatch(/Violation\n|Copy/)
    await tab.close()
  })

  it('shows where the focus is, on everything that can have it', async () => {
    const tab = await chromium.newTab()
    await tab.goto(address)
    const unseen: string[] = []
    for (let i = 0; i < 30; i++) {
      await tab.keyboard.press('Tab')
      unseen.push(
        await ask(
          tab,
          `document.activeElement === document.body || getComputedStyle(document.activeElement).outlineStyle !== 'none' ? '' : document.activeElement.outerHTML`,
        ),
      )
    }
    expect(unseen.filter((html) => html !== '')).toEqual([])
    await tab.close()
  })
})
