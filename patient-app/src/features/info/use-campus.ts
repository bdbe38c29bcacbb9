// One campus: where it is and how to get there.
import { computed, ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { api, type components } from '@/http'
import { sayPlain } from '@/locale'
import { platform } from '@/platform'

export type CampusPage = components['schemas']['CampusPage']
export type Floor = components['schemas']['FloorOut']

const COPIED_SHOWN = 4000

export function useCampus(code: () => string) {
  const load = useLoad<CampusPage>(() => api.get('/api/campuses/{code}', { path: { code: code() } }))
  const isCopied = ref(false)
  const hasMap = computed(() => Boolean(load.data?.latitude && load.data.longitude))

  /** Opens the device's own map: the app itself asks no foreign host for anything. */
  async function openMap(): Promise<void> {
    const page = load.data
    if (!page || !hasMap.value) return
    await platform.openMap({
      name: sayPlain(page.campus.name),
      address: page.campus.address.zh,
      latitude: Number(page.latitude),
      longitude: Number(page.longitude),
    })
  }

  async function copyAddress(): Promise<void> {
    if (!load.data) return
    await platform.copy(`${load.data.campus.name.zh}\n${load.data.campus.address.zh}`)
    isCopied.value = true
    setTimeout(() => (isCopied.value = false), COPIED_SHOWN)
  }
  return { load, hasMap, isCopied, openMap, copyAddress }
}

/** Rooms of a floor that belong to no department that is listed there: laboratory, pharmacy, cashier. */
export function otherRooms(floor: Floor): Floor['rooms'] {
  return floor.rooms.filter((room) => room.department === null)
}
