import { afterAll, beforeAll, expect, test } from "vitest";
import { sendMail } from "./mail";
import { SmtpServer } from "./smtp.fixture";

const smtp = new SmtpServer();
let smtpUrl = "";
beforeAll(async () => {
  smtpUrl = await smtp.start();
});
afterAll(() => smtp.stop());

const MAIL = { to: "ana@example.org", subject: "Your invitation", text: "http://t/welcome#secret" };
const mailFrom = "Tidemark <t@example.org>";

test("a mail goes out where there is a mail server, as text that holds the link whole", async () => {
  expect(await sendMail({ smtpUrl, mailFrom }, MAIL)).toBe(true);
  expect(smtp.received).toHaveLength(1);
  expect(smtp.received[0]).toMatch(/^From: Tidemark <t@example.org>$/m);
  expect(smtp.received[0]).toMatch(/^To: ana@example.org$/m);
  expect(smtp.received[0]).toContain("http://t/welcome#secret");
});

test("without one nothing is sent, and one that does not take it is named", async () => {
  expect(await sendMail({ smtpUrl: undefined, mailFrom }, MAIL)).toBe(false);
  await expect(sendMail({ smtpUrl: "smtp://127.0.0.1:1", mailFrom }, MAIL)).rejects.toThrow(
    "the mail to ana@example.org could not be sent: check TIDEMARK_SMTP_URL",
  );
});
