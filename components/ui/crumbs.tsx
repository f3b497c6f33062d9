import Link from "next/link";
import type { ReactNode } from "react";

/** Where one is: the ways up, then the page itself, which is its heading. */
export function Crumbs({
  above,
  children,
}: {
  above: readonly { href: string; title: string }[];
  children: ReactNode;
}) {
  return (
    <h1 className="flex min-w-0 flex-wrap items-center gap-x-1.5 gap-y-1 text-base">
      {above.map(({ href, title }) => (
        <span key={href} className="flex min-w-0 gap-x-1.5">
          <Link href={href} className="min-w-0 break-words text-mute hover:text-ink">
            {title}
          </Link>
          <span aria-hidden="true" className="text-mute">
            /
          </span>
        </span>
      ))}
      <span className="min-w-0 break-words">{children}</span>
    </h1>
  );
}
