import { TidemarkError } from "@/lib/errors";
import type { Settings } from "@/lib/settings";

/**
 * Sends a mail where TIDEMARK_SMTP_URL says how.
 * @returns false where no mail is set up
 * @throws TidemarkError `conflict` when the mail server does not take it: nothing else has failed
 */
export async function sendMail(
  { smtpUrl, mailFrom }: Pick<Settings, "smtpUrl" | "mailFrom">,
  mail: { to: string; subject: string; text: string },
): Promise<boolean> {
  if (!smtpUrl) return false;
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  });
  try {
    await transport.sendMail({ from: mailFrom, ...mail });
    return true;
  } catch (cause) {
    throw new TidemarkError(
      "conflict",
      `the mail to ${mail.to} could not be sent: check TIDEMARK_SMTP_URL and the mail server, then try again`,
      { cause },
    );
  } finally {
    transport.close();
  }
}
