import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'

import { setLanguage } from '@/locale'
import { runSetup } from '../../../tests/run-setup'
import { answers, calls } from '../../../tests/uni'
import { life } from '../../../tests/uni-app'

import { languageList, languageName } from './languages'
import { otherRooms, useCampus, type Floor } from './use-campus'
import { groupsOf, useDepartments, type Campus, type Department } from './use-directory'

const campus = (code: string): Campus => ({
  code,
  name: { zh: `粤澜 ${code}`, en: `Yuelan ${code}` },
  short: { zh: code, en: code },
  address: { zh: '澜江路 6 号', en: '6 Lanjiang Road' },
  phone: '+86 20 0000 6600',
})
const department = (id: string, code: string) => ({ id, campus_code: code }) as Department

function answerAll(): void {
  answers((call) => {
    if (call.url.includes('/profile')) call.answer(404, { code: 'unknown_clinician', detail: 'No', status: 404 })
    else if (call.url.endsWith('/api/campuses')) call.answer(200, [campus('IMC'), campus('NORTH')])
    else call.answer(200, [])
  })
}
const asked = (part: string) => calls.filter((call) => call.url.includes(part))

describe('departments', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    setLanguage('en')
    answerAll()
  })
  afterEach(() => vi.useRealTimers())

  it('are asked for when the reader pauses, not at every letter', async () => {
    const { result } = runSetup(() => useDepartments())
    await life('show')
    const before = asked('/api/departments').length
    for (const words of ['c', 'ca', 'car']) {
      result.words.value = words
      await nextTick()
      await vi.advanceTimersByTimeAsync(100)
    }
    await vi.advanceTimersByTimeAsync(400)
    const after = asked('/api/departments')
    expect(after).toHaveLength(before + 1)
    expect(after.at(-1)?.url).toContain('q=car')
  })

  it('follow the campus at once', async () => {
    const { result } = runSetup(() => useDepartments())
    await life('show')
    result.campus.value = 'NORTH'
    await nextTick()
    await vi.advanceTimersByTimeAsync(0)
    expect(asked('/api/departments').at(-1)?.url).toContain('campus=NORTH')
  })

  it('stand under their campus', () => {
    const groups = groupsOf([department('a', 'NORTH'), department('b', 'IMC')], [campus('IMC'), campus('NORTH'), campus('SOUTH')])
    expect(groups.map((group) => [group.campus.code, group.departments.map((each) => each.id)])).toEqual([
      ['IMC', ['b']],
      ['NORTH', ['a']],
    ])
  })
})

describe('languages', () => {
  it('have names, English first', () => {
    setLanguage('en')
    expect(languageList(['zh', 'yue', 'en'])).toBe('English, Mandarin, Cantonese')
    setLanguage('zh-Hans')
    expect(languageList(['zh', 'yue'])).toBe('普通话、粤语')
    expect(languageName('tlh')).toBe('tlh')
  })
})

describe('a campus', () => {
  it('opens the map of the device only where it knows the place', async () => {
    setLanguage('en')
    const page = { campus: campus('IMC'), latitude: '', longitude: '', floors: [] }
    answers((call) => call.answer(200, page))
    const { result } = runSetup(() => useCampus(() => 'IMC'))
    await life('show')
    await vi.waitFor(() => expect(result.load.data).not.toBeNull())
    expect(result.hasMap.value).toBe(false)
    answers((call) => call.answer(200, { ...page, latitude: '23.1', longitude: '113.2' }))
    await result.load.reload()
    expect(result.hasMap.value).toBe(true)
  })

  it('lists the rooms that belong to no department', () => {
    const floor = {
      floor: '1',
      departments: [],
      rooms: [
        { name: { zh: '收费处', en: 'Cashier' }, department: null },
        { name: { zh: '诊室', en: 'Room' }, department: { zh: '科', en: 'Dept' } },
      ],
    } as Floor
    expect(otherRooms(floor).map((room) => room.name.en)).toEqual(['Cashier'])
  })
})
