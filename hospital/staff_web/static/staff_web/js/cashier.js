// The change to give, while the cash is being typed. The server counts again; this is only for the cashier's eyes.
for (const form of document.querySelectorAll('[data-cash-due]')) {
  const due = Math.round(Number(form.dataset.cashDue) * 100)
  const given = form.querySelector('[name=given]')
  const change = form.querySelector('[data-change]')
  const nothing = change.textContent
  given.addEventListener('input', () => {
    const typed = given.value.trim().replace(/,/g, '')
    const isCash = /^[¥￥]?\d{1,9}(\.\d{1,2})?$/.test(typed)
    const rest = isCash ? Math.round(Number(typed.replace(/^[¥￥]/, '')) * 100) - due : -1
    change.textContent = rest >= 0 ? `¥${(rest / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })}` : nothing
  })
}
