import { Fragment } from "react";

/**
 * What people wrote, as text. Addresses of the web are links; nothing else of it is anything but text. The browser's
 * own reading of an address decides which it is, so that no other scheme passes for one.
 */
export function CardText({ children }: { children: string }) {
  return children.split(/(https?:\/\/[^\s<>"'`]+)/).map((part, place) => {
    const href = place % 2 === 1 ? webAddress(part) : null;
    const key = place;
    return href ? (
      <a key={key} href={href} rel="noreferrer nofollow" className="link break-all">
        {part}
      </a>
    ) : (
      <Fragment key={key}>{part}</Fragment>
    );
  });
}

function webAddress(text: string): string | null {
  try {
    const { protocol, href } = new URL(text);
    return protocol === "https:" || protocol === "http:" ? href : null;
  } catch {
    return null;
  }
}
