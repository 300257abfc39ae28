/** Longest trace a replay code may stand for; a damaged count must not fill the memory. */
export const mostChoices = 1_000_000

const radix = 36
/** A run this long is shorter as a digit and a count. */
const shortestRun = 5

/**
 * Choices as letters and digits: one base-36 digit each, ".2k." for a choice of 36 or more, and "0-1c-" for a digit that is repeated, here
 * 48 times.
 */
export function writeChoices(choices: readonly number[]): string {
  let text = ''
  for (let i = 0; i < choices.length; ) {
    const choice = choices[i] ?? 0
    let end = i
    while (end < choices.length && choices[end] === choice) end++
    const digits = choice.toString(radix)
    const item = choice < radix ? digits : `.${digits}.`
    text += end - i < shortestRun ? item.repeat(end - i) : `${item}-${(end - i).toString(radix)}-`
    i = end
  }
  return text
}

/** The choices of a text, or the position of the first character that makes no sense. */
export function readChoices(text: string): readonly number[] | { readonly badAt: number } {
  const item = /(?:([0-9a-z])|\.([1-9a-z][0-9a-z]{1,5})\.)(?:-([1-9a-z][0-9a-z]{0,5})-)?/y
  const choices: number[] = []
  while (item.lastIndex < text.length) {
    const start = item.lastIndex
    const [, digit, long, count = '1'] = item.exec(text) ?? []
    const times = Number.parseInt(count, radix)
    const choice = Number.parseInt(digit ?? long ?? '', radix)
    if (Number.isNaN(choice) || choices.length + times > mostChoices) return { badAt: start }
    for (let i = 0; i < times; i++) choices.push(choice)
  }
  return choices
}
