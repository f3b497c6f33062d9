export type Announcement = { kind: "success" | "error"; text: string };

let waiting: Announcement[] = [];
let deliver: ((announcement: Announcement) => void) | null = null;
const onWanted = new Set<() => void>();

/** Says something in the corner of the page and to a screen reader. */
export function announce(kind: Announcement["kind"], text: string): void {
  if (deliver) {
    deliver({ kind, text });
    return;
  }
  waiting.push({ kind, text });
  for (const listener of onWanted) listener();
}

/** For the toaster: it hears what was said before it came, and all that follows. Returns how to stop. */
export function connectToaster(show: (announcement: Announcement) => void): () => void {
  deliver = show;
  for (const announcement of waiting) show(announcement);
  waiting = [];
  return () => {
    deliver = null;
  };
}

/** For whoever loads the toaster: true from the first announcement on. */
export const toasterIsWanted = () => waiting.length > 0 || deliver !== null;

export function subscribeWanted(listener: () => void): () => void {
  onWanted.add(listener);
  return () => onWanted.delete(listener);
}
