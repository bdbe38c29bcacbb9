const records = []
App({ records, onLaunch(options) { records.push(`launch ${options.path}`) }, onShow() { records.push('show') } })
