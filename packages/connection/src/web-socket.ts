/** The signature of a WebSocket class, as the client takes it. */
export type WebSocketClass = typeof WebSocket;

/** How long a closing handshake may take before the socket is destroyed. */
const closingMs = 1000;

/**
 * The WebSocket class for runtimes that have none, such as Node 20; `undefined` where there is one.
 *
 * It differs from the class in `ws` in two ways: a server that does not answer the closing handshake
 * keeps the process alive for a second, not for thirty; and it has the `dispatchEvent` that the client
 * calls when an answer cannot be decoded. The calls under way could never be answered after that, so the
 * socket is destroyed.
 */
export async function webSocketClass(): Promise<WebSocketClass | undefined> {
  if (globalThis.WebSocket !== undefined) return undefined;
  const { WebSocket } = await import("ws");
  class ClientSocket extends WebSocket {
    override close(code?: number, data?: string | Buffer): void {
      super.close(code, data);
      setTimeout(() => this.terminate(), closingMs).unref();
    }

    dispatchEvent(event: CustomEvent<Error>): boolean {
      this.emit("error", event.detail);
      this.terminate();
      return true;
    }
  }
  return ClientSocket as unknown as WebSocketClass;
}
