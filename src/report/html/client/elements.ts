/** The element of the page with an id; the page's own markup has it. */
export function elementOf(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`the page has no element "${id}"`)
  return element
}

/** A new element with classes and a text. Text is set as text: nothing in it is markup. */
export function make(tag: string, classes: string, text = ''): HTMLElement {
  const element = document.createElement(tag)
  element.className = classes
  element.textContent = text
  return element
}

/** The list item of a moment. */
export function itemOf(moment: number): HTMLElement {
  return elementOf(`step-${moment}`)
}
