/** The pictures of the launcher, as the widget itself draws them. */
export { LAUNCHERS as ICONS } from '../../../../widget/src/icons';
