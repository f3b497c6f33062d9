import net from "node:net";

/** As much of SMTP as takes a mail, or refuses it, on loopback. */
export class SmtpServer {
  readonly received: string[] = [];
  /** Its answer to each recipient; awaited, so that a test can hold it back. */
  answer: () => string | Promise<string> = () => "250 ok";
  readonly #sockets = new Set<net.Socket>();
  readonly #server = net.createServer((socket) => {
    let data: string | null = null;
    this.#sockets.add(socket);
    socket.write("220 test\r\n");
    socket.on("error", () => {});
    socket.on("data", async (chunk) => {
      for (const line of chunk.toString().split("\r\n").slice(0, -1)) {
        if (data === null) {
          if (line === "DATA") data = "";
          const reply = line.startsWith("RCPT") ? await this.answer() : "250 ok";
          socket.write(`${line === "DATA" ? "354 go on" : line === "QUIT" ? "221 bye" : reply}\r\n`);
        } else if (line === ".") {
          this.received.push(data);
          data = null;
          socket.write("250 taken\r\n");
        } else {
          data += `${line}\n`;
        }
      }
    });
  });

  /** @returns what TIDEMARK_SMTP_URL says */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `smtp://127.0.0.1:${(this.#server.address() as net.AddressInfo).port}`;
  }

  stop(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}
