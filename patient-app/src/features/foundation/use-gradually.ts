// A long list drawn a few lines at a time: the page answers to a finger between them, also on a slow telephone.
import { computed, onUnmounted, ref, watch, type ComputedRef } from 'vue'

const FEW = 3

/** The first lines of a list at once, then some more at each turn until all are there. */
export function useGradually<Item>(items: () => readonly Item[]): ComputedRef<readonly Item[]> {
  const count = ref(FEW)
  let timer: ReturnType<typeof setTimeout> | undefined

  function goOn(): void {
    clearTimeout(timer)
    if (count.value >= items().length) return
    timer = setTimeout(() => {
      count.value += FEW
      goOn()
    })
  }

  watch(() => items().length, goOn, { immediate: true })
  onUnmounted(() => clearTimeout(timer))
  return computed(() => items().slice(0, count.value))
}
