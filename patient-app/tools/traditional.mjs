// Traditional Chinese as read in Hong Kong and Macau: OpenCC, then the same list of terms that the server corrects by.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import * as OpenCC from 'opencc-js'

const LOCALE = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'locale')
const TERMS = join(LOCALE, '..', '..', '..', 'hospital', 'publications', 'traditional_terms.tsv')
const toHongKong = OpenCC.Converter({ from: 'cn', to: 'hk' })

/** File name of each Traditional message file → what it must hold. */
export function renderTraditional() {
  const convert = converter()
  const sources = readdirSync(LOCALE).filter((file) => file.endsWith('.zh-Hans.json'))
  return Object.fromEntries(
    sources.map((file) => {
      const messages = Object.entries(JSON.parse(readFileSync(join(LOCALE, file), 'utf8')))
      const converted = messages.map(([key, text]) => [key, convert(text)])
      return [
        join(LOCALE, file.replace('zh-Hans', 'zh-Hant')),
        `${JSON.stringify(Object.fromEntries(converted), null, 2)}\n`,
      ]
    }),
  )
}

function converter() {
  const lines = readFileSync(TERMS, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const terms = new Map(lines.map((line) => line.split('\t')))
  const longestFirst = [...terms.keys()].sort((one, other) => other.length - one.length)
  const pattern = new RegExp(longestFirst.join('|'), 'g')
  return (text) => toHongKong(text).replace(pattern, (term) => terms.get(term))
}
