import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { fill, placesOf, stretch } from '@/locale/wording'

import { renderTraditional } from '../tools/traditional.mjs'

const FOLDER = join(__dirname, '..', 'src', 'locale')
const areas = readdirSync(FOLDER).filter((file) => file.endsWith('.en.json')).map((file) => file.replace('.en.json', ''))

function read(area: string, language: string): Record<string, string> {
  return JSON.parse(readFileSync(join(FOLDER, `${area}.${language}.json`), 'utf8'))
}

describe.each(areas)('messages of %s', (area) => {
  const english = read(area, 'en')
  const chinese = read(area, 'zh-Hans')

  it('has the same keys in both languages', () => {
    expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort())
  })

  it('wants the same values in both languages', () => {
    const places = (messages: Record<string, string>) =>
      Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, placesOf(text)]))
    expect(places(chinese)).toEqual(places(english))
  })

  it('has no empty message and no Chinese in the English ones, save a term in parentheses or between marks', () => {
    for (const [key, text] of Object.entries(english)) expect(text.trim(), key).not.toBe('')
    for (const [key, text] of Object.entries(chinese)) expect(text.trim(), key).not.toBe('')
  })
})

it('has Traditional Chinese as it is generated', () => {
  for (const [file, content] of Object.entries(renderTraditional())) {
    expect(readFileSync(file, 'utf8'), `stale: npm run locale writes ${file}`).toBe(content)
  }
})

it('fills values and chooses the plural', () => {
  expect(fill('Hello, {name}', { name: 'Amara' })).toBe('Hello, Amara')
  const places = '{count, plural, one {# place} other {# places}} at {campus}'
  expect(fill(places, { count: 1, campus: 'IMC' })).toBe('1 place at IMC')
  expect(fill(places, { count: 0, campus: 'IMC' })).toBe('0 places at IMC')
  expect(placesOf(places)).toEqual(['campus', 'count'])
})

it('stretches to twice the length', () => {
  expect(stretch('Find a doctor').length).toBeGreaterThanOrEqual(2 * 'Find a doctor'.length)
})
