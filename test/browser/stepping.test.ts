import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { htmlInput, longInput } from '../report/html/html-sample.ts'
import { ask, Chromium, stepIn } from './chromium.ts'

let chromium: Chromium
let tab: Page
let address: string
const last = 5

beforeAll(async () => {
  chromium = await Chromium.start()
  address = chromium.write(htmlInput)
  tab = await chromium.newTab()
  await tab.goto(address)
})
afterAll(() => chromium.stop())

const text = (selector: string): Promise<string> => ask(tab, `document.querySelector('${selector}').textContent`)

describe('keys', () => {
  it.each([
    ['ArrowRight', 2, 3],
    ['ArrowDown', 2, 3],
    ['j', 2, 3],
    ['ArrowLeft', 2, 1],
    ['ArrowUp', 2, 1],
    ['k', 2, 1],
    ['Home', 2, 0],
    ['End', 2, last],
    ['ArrowLeft', 0, 0],
    ['ArrowRight', last, last],
  ] as const)('%s leads from step %d to %d', async (key, from, to) => {
    await goTo(from)
    await tab.keyboard.press(key)
    expect(await stepIn(tab)).toBe(to)
  })

  it('are left to the browser with a modifier, and to what has the focus and a use for them', async () => {
    await goTo(2)
    await tab.keyboard.down('Control')
    await tab.keyboard.press('ArrowRight')
    await tab.keyboard.up('Control')
    await tab.focus('pre')
    await tab.keyboard.press('ArrowDown')
    await tab.keyboard.press('Home')
    expect(await stepIn(tab)).toBe(2)
    await ask(tab, 'document.activeElement.blur()')
  })
})

describe('buttons', () => {
  it.each([
    ['next', 2, 3],
    ['previous', 2, 1],
    ['first', 2, 0],
    ['violation', 2, last],
  ] as const)('%s leads from step %d to %d', async (button, from, to) => {
    await goTo(from)
    await tab.click(`#${button}`)
    expect(await stepIn(tab)).toBe(to)
  })

  it('play and pause, also with the space bar, and stop at the end', async () => {
    await goTo(3)
    await tab.click('#play')
    expect(await text('#play')).toBe('Pause')
    await ask(tab, 'document.activeElement.blur()')
    await tab.keyboard.press('Space')
    expect(await text('#play')).toBe('Play')
    expect(await stepIn(tab)).toBe(3)
    await tab.keyboard.press('Space')
    await tab.waitForFunction(`document.querySelector('#play').textContent === 'Play'`, { timeout: 10_000 })
    expect(await stepIn(tab)).toBe(last)
  })

  it('of the slider move through the steps', async () => {
    await goTo(2)
    await tab.focus('#scrubber')
    await tab.keyboard.press('ArrowRight')
    expect(await stepIn(tab)).toBe(3)
    await ask(tab, 'document.activeElement.blur()')
  })

  it('are not needed: a click on a step shows it', async () => {
    await goTo(0)
    await tab.click('#step-2 .says')
    expect(await stepIn(tab)).toBe(2)
    await tab.click('#step-4 .number')
    expect(await stepIn(tab)).toBe(4)
  })
})

describe('addresses', () => {
  it('lead to a step, at the start and later', async () => {
    const other = await chromium.newTab()
    await other.goto(`${address}#step-3`)
    expect(await stepIn(other)).toBe(3)
    await ask(other, `location.hash = '#step-1'`)
    await other.waitForSelector('#step-1[aria-current]')
    await other.close()
  })

  it('follow the step that is shown', async () => {
    await goTo(1)
    await tab.keyboard.press('j')
    await tab.waitForFunction(`location.hash === '#step-2'`, { timeout: 5000 })
  })

  it('with a replay code lead to a step of that counterexample only', async () => {
    const other = await chromium.newTab()
    const { evidence } = htmlInput.finding
    await other.goto(`${address}#${evidence?.replayCode}/step-4`)
    expect(await stepIn(other)).toBe(4)
    await ask(other, `location.hash = '#gp1:other/step-2'`)
    await other.waitForSelector('#notice:not([hidden])')
    expect(await ask(other, `document.querySelector('#notice').textContent`)).toContain('another counterexample, gp1:other')
    expect(await stepIn(other)).toBe(4)
    await other.close()
  })
})

describe('a step', () => {
  it('shows the state after it, with what changed and what it was', async () => {
    await goTo(2)
    await goTo(3)
    const changed = await ask<readonly string[]>(
      tab,
      `[...document.querySelectorAll('.card .changed')].map((row) => row.closest('.card').querySelector('h4').textContent + ': ' + row.textContent)`,
    )
    expect(changed).toContain('thread 1: autoTSS slotthread state 1 was none')
    expect(changed).toContain('thread state 1: lifealive was absent')
    expect(await text('#where')).toBe('PyThreadState_New, Python/pystate.c (3.2)')
  })

  it('is said to screen readers, in words', async () => {
    await goTo(2)
    await goTo(5)
    expect(await text('#announcement')).toBe(
      'Step 5 of 5. thread 1 PyEval_EvalFrameEx. runs Python code. tstate = thread state 1 (main). thread state used by the wrong interpreter',
    )
  })

  it('of a thousand takes a bounded number of changes to the page, however far it leads', async () => {
    const other = await chromium.newTab()
    await other.goto(chromium.write(longInput(1000), 'long'))
    expect(await ask(other, `document.querySelectorAll('.chart').length`)).toBe(1001)
    await ask(
      other,
      `window.changes = 0; new MutationObserver((records) => { changes += records.length }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })`,
    )
    const changes: number[] = []
    for (const key of ['j', 'j', 'End', 'k', 'Home'] as const) {
      await other.keyboard.press(key)
      changes.push(await ask<number>(other, '{ const seen = changes; changes = 0; seen }'))
    }
    expect(await stepIn(other)).toBe(0)
    expect(Math.min(...changes)).toBeGreaterThan(3)
    expect(Math.max(...changes)).toBeLessThan(28)
    await other.close()
  })
})

async function goTo(step: number): Promise<void> {
  await ask(tab, `document.querySelector('#step-${step}').click()`)
  expect(await stepIn(tab)).toBe(step)
}
