import { originOf, toAppAddress } from '../addresses.ts';
import { strict } from '../strict.ts';

/** A frame as the app sees it: what it needs to know of who is calling. */
export interface HostFrame {
  readonly url: string;
  readonly origin: string;
  /** The frame that this one is in; null for the frame of the window itself. */
  readonly parent: HostFrame | null;
  isDestroyed(): boolean;
}

interface KnownFrame {
  address: string;
  readonly parent: string | null;
  readonly shown: HostFrame;
}

/** The frames of one page, by Chromium's ids. There is one object for a frame as long as it lives, as in Electron. */
export class FrameTree {
  private readonly frames = new Map<string, KnownFrame>();

  attached(id: string, parent: string | null): HostFrame {
    const known = this.frames.get(id);
    if (known !== undefined) return known.shown;
    const frame: KnownFrame = { address: '', parent, shown: strict('a frame', this.show(id)) };
    this.frames.set(id, frame);
    return frame.shown;
  }

  navigated(id: string, parent: string | null, address: string): void {
    this.attached(id, parent);
    const frame = this.frames.get(id);
    if (frame !== undefined) frame.address = address;
  }

  detached(id: string): void {
    this.frames.delete(id);
  }

  /** The frame with this id; null when it has gone. */
  find(id: string): HostFrame | null {
    return this.frames.get(id)?.shown ?? null;
  }

  private show(id: string): HostFrame {
    const known = (): KnownFrame | undefined => this.frames.get(id);
    const find = (parent: string): HostFrame | null => this.find(parent);
    return {
      get url() {
        return toAppAddress(known()?.address ?? '');
      },
      get origin() {
        return originOf(toAppAddress(known()?.address ?? ''));
      },
      get parent() {
        const parent = known()?.parent ?? null;
        return parent === null ? null : find(parent);
      },
      isDestroyed: () => known() === undefined,
    };
  }
}
