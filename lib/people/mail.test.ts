import net from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendMail } from "./mail";

const received: string[] = [];
/** As much of SMTP as takes a mail. */
const server = net.createServer((socket) => {
  let data: string | null = null;
  socket.write("220 test\r\n");
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    for (const line of chunk.toString().split("\r\n").slice(0, -1)) {
      if (data === null) {
        if (line === "DATA") data = "";
        socket.write(line === "DATA" ? "354 go on\r\n" : line === "QUIT" ? "221 bye\r\n" : "250 ok\r\n");
      } else if (line === ".") {
        received.push(data);
        data = null;
        socket.write("250 taken\r\n");
      } else {
        data += `${line}\n`;
      }
    }
  });
});
let smtpUrl = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  smtpUrl = `smtp://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
});
afterAll(() => server.close());

const MAIL = { to: "ana@example.org", subject: "Your invitation", text: "http://t/welcome#secret" };
const mailFrom = "Tidemark <t@example.org>";

test("a mail goes out where there is a mail server, as text that holds the link whole", async () => {
  expect(await sendMail({ smtpUrl, mailFrom }, MAIL)).toBe(true);
  expect(received).toHaveLength(1);
  expect(received[0]).toMatch(/^From: Tidemark <t@example.org>$/m);
  expect(received[0]).toMatch(/^To: ana@example.org$/m);
  expect(received[0]).toContain("http://t/welcome#secret");
});

test("without one nothing is sent, and one that does not take it is named", async () => {
  expect(await sendMail({ smtpUrl: undefined, mailFrom }, MAIL)).toBe(false);
  await expect(sendMail({ smtpUrl: "smtp://127.0.0.1:1", mailFrom }, MAIL)).rejects.toThrow(
    "the mail to ana@example.org could not be sent: check TIDEMARK_SMTP_URL",
  );
});
