/** What a desktop adds, for components. */
export { autostart, onDesktop, openExternal, openLogFolder, setAutostart } from '../api/desktop';
