// Capacitor's plug-ins in one piece of the build, which only the apps load.
export { App } from '@capacitor/app'
export { Browser } from '@capacitor/browser'
export { Directory, Encoding, Filesystem } from '@capacitor/filesystem'
export { PushNotifications } from '@capacitor/push-notifications'
export { Share } from '@capacitor/share'
