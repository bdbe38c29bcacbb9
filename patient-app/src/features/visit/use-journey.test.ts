import { expect, it } from 'vitest'

import { setLanguage } from '@/locale'

import { mainAction, ordinal, type Node } from './use-journey'

const node = (key: string, state: string, action: string | null): Node => ({ key, state, action }) as Node

it('makes the action of the present step the main one, else the first that can be done', () => {
  expect(mainAction([node('a', 'DONE', 'OPEN_RECEIPT'), node('b', 'NOW', 'PAY'), node('c', 'TODO', 'CHECK_IN')])).toBe('b')
  expect(mainAction([node('b', 'NOW', null), node('c', 'TODO', 'CHECK_IN')])).toBe('c')
  expect(mainAction([node('a', 'DONE', 'OPEN_RECEIPT')])).toBe('')
})

it('counts places as people say them', () => {
  setLanguage('en')
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22, 111].map(ordinal)).toEqual(['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '22nd', '111th'])
  setLanguage('zh-Hans')
  expect([1, 12, 23].map(ordinal)).toEqual(['1', '12', '23'])
})
