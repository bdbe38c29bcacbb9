// Picking and sending a picture: of a document, of a relation, of an agreement, of an insurance card.
import { reactive, ref } from 'vue'

import { useSubmit } from '@/features/foundation/use-submit'
import { upload } from '@/http'
import { platform, type PickedFile } from '@/platform'

export const LARGEST = 8 * 1024 * 1024 // bytes; the server's own limit

export type PickFault = '' | 'too-large'

/** `send` gets the path of the picked file. What was picked stays when the network fails. */
export function usePickedFile() {
  const picked = ref<PickedFile | null>(null)
  const state = reactive<{ fault: PickFault }>({ fault: '' })

  async function pick(): Promise<void> {
    const [file] = await platform.pickPictures(1)
    if (!file) return
    state.fault = file.size > LARGEST ? 'too-large' : ''
    picked.value = state.fault ? null : file
  }
  return { picked, state, pick }
}

export function useSendFile(address: () => string, fields: () => Record<string, string>, done: () => void) {
  const file = usePickedFile()
  const send = useSubmit(() => upload(address(), file.picked.value?.path ?? '', 'file', fields()), done)
  return { ...file, send }
}
