import { onUnmounted, ref, type Ref } from 'vue'

/** The time, kept fresh while the page is there. */
export function useNow(everySeconds = 30): Ref<Date> {
  const now = ref(new Date())
  const timer = setInterval(() => {
    now.value = new Date()
  }, everySeconds * 1000)
  onUnmounted(() => clearInterval(timer))
  return now
}
