/** Where the desk is that this page speaks with. */
import { connection as line } from '../api/client';

export const connection = {
  /** Protocol and host of the desk; a joined window speaks with another one than it came from. */
  place(): Pick<Location, 'protocol' | 'hostname'> {
    return line.origin ? new URL(line.origin) : location;
  },
};
