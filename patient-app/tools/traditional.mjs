// Traditional Chinese as read in Hong Kong and Macau: OpenCC, then the corrections that a reader asked for.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import * as OpenCC from 'opencc-js'

const LOCALE = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'locale')
const CORRECTIONS = join(LOCALE, 'traditional-corrections.json')
const toHongKong = OpenCC.Converter({ from: 'cn', to: 'hk' })

/** File name of each Traditional message file → what it must hold. */
export function renderTraditional() {
  const corrections = JSON.parse(readFileSync(CORRECTIONS, 'utf8'))
  const sources = readdirSync(LOCALE).filter((file) => file.endsWith('.zh-Hans.json'))
  return Object.fromEntries(
    sources.map((file) => {
      const messages = Object.entries(JSON.parse(readFileSync(join(LOCALE, file), 'utf8')))
      const converted = messages.map(([key, text]) => [key, corrections.keys[key] ?? convert(text, corrections.words)])
      return [
        join(LOCALE, file.replace('zh-Hans', 'zh-Hant')),
        `${JSON.stringify(Object.fromEntries(converted), null, 2)}\n`,
      ]
    }),
  )
}

function convert(text, words) {
  return Object.entries(words).reduce((result, [from, to]) => result.replaceAll(from, to), toHongKong(text))
}
