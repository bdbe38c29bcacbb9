/** Puts values into a message: `{name}`, and `{count, plural, one {# person} other {# people}}`. */
export type Values = Record<string, string | number>

const PLURAL = /\{(\w+), plural, one \{([^{}]*)\} other \{([^{}]*)\}\}/g
const PLACE = /\{(\w+)\}/g

export function fill(message: string, values: Values): string {
  return message
    .replace(PLURAL, (whole, name: string, one: string, other: string) => {
      const count = values[name]
      return count === undefined ? whole : (Number(count) === 1 ? one : other).replace(/#/g, String(count))
    })
    .replace(PLACE, (whole, name: string) => (name in values ? String(values[name]) : whole))
}

/** The names of the values that a message wants. */
export function placesOf(message: string): string[] {
  const names = [...message.matchAll(PLURAL), ...message.replace(PLURAL, '').matchAll(PLACE)].map((found) => found[1])
  return [...new Set(names)].sort() as string[]
}

const ACCENTS: Record<string, string> = { a: 'å', e: 'é', i: 'ï', o: 'ö', u: 'ü', n: 'ñ', c: 'ç' }

/** The pseudo-language: marked letters and twice the length, so that a page which cannot grow shows it. */
export function stretch(text: string): string {
  const marked = text.replace(/[aeiounc]/g, (letter) => ACCENTS[letter] ?? letter)
  return text.trim() === '' ? text : `${marked} ${marked.split(' ').reverse().join(' ')}`
}
