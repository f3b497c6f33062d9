"use client";

import { CodeBlock } from "@/components/ui/code-block";
import { formatTime } from "@/lib/charts/format";
import type { LinkReply } from "@/lib/people/schema";

/** A one-time link that was mailed, or is to be copied now. */
export function LinkShown({ reply }: { reply: LinkReply }) {
  if (reply.link === null) {
    return (
      <p role="status">
        A mail is on its way to {reply.email}. The link in it works once, until {formatTime(reply.expires_at)}
        .
      </p>
    );
  }
  return (
    <>
      <p role="status">
        Send this link to {reply.email} yourself: this server sends no mail. It is shown this once, works
        once, and lapses {formatTime(reply.expires_at)}.
      </p>
      <CodeBlock label={`The link for ${reply.email}`} code={reply.link} />
    </>
  );
}
