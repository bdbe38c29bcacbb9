import { ref } from 'vue'

import { onSessionEnd } from '@/http'

/** Messages in the inbox that were not read; the inbox keeps it true. */
export const unreadCount = ref(0)
onSessionEnd(() => {
  unreadCount.value = 0
})
