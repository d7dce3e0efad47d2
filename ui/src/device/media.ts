/** Microphones and loudspeakers: pages that came over plain HTTP in the office have none. */
export function mediaDevices(): MediaDevices | undefined {
  return 'mediaDevices' in navigator ? navigator.mediaDevices : undefined;
}
