import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick, ref } from 'vue'

import { runSetup } from '../../../tests/run-setup'

import { useGradually } from './use-gradually'

describe('a long list', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => vi.useRealTimers())

  it('shows its first lines at once and the others after them', async () => {
    const lines = ref<number[]>([])
    const { result } = runSetup(() => useGradually(() => lines.value))
    lines.value = [1, 2, 3, 4, 5, 6, 7, 8]
    await nextTick()
    expect(result.value).toEqual([1, 2, 3])
    await vi.advanceTimersToNextTimerAsync()
    expect(result.value).toEqual([1, 2, 3, 4, 5, 6])
    await vi.runAllTimersAsync()
    expect(result.value).toEqual(lines.value)
  })

  it('stops when its page has gone', async () => {
    const { unmount } = runSetup(() => useGradually(() => [1, 2, 3, 4]))
    unmount()
    await nextTick()
    expect(vi.getTimerCount()).toBe(0)
  })
})
