// Links that open the app: https://imc.example/#/bills/bills and yuelanimc://open/#/bills/bills.

/** The page of such a link as the router takes it, or an empty text when the link names none. */
export function hashOf(address: string): string {
  const [, page = ''] = address.split('#')
  return page.startsWith('/') ? `#${page}` : ''
}
