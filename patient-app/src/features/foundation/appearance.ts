// How the reader wants the app to look: dark or light, and the size of the text.
import { ref } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'

const STORED = 'appearance'
export const theme = ref<Theme>('auto')
export const isLargeText = ref(false)

export function startAppearance(): void {
  const stored = uni.getStorageSync(STORED) as { theme?: Theme; isLargeText?: boolean } | ''
  if (!stored) return
  theme.value = stored.theme ?? 'auto'
  isLargeText.value = stored.isLargeText ?? false
}

export function setTheme(chosen: Theme): void {
  theme.value = chosen
  keep()
}

export function setLargeText(chosen: boolean): void {
  isLargeText.value = chosen
  keep()
}

function keep(): void {
  uni.setStorageSync(STORED, { theme: theme.value, isLargeText: isLargeText.value })
}
