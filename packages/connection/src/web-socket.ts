/** How long a closing handshake may take before the socket is destroyed. */
const closingMs = 1000;

/**
 * The WebSocket class for the client.
 *
 * Node 20 has none. That of Node 22 never closes a socket that could not connect, and none of Node's tells
 * why it could not; so `ws` is used everywhere. This class differs from it in two ways: a server that does
 * not answer the closing handshake keeps the process alive for a second, not for thirty; and it has the
 * `dispatchEvent` that the client calls when an answer cannot be decoded. The calls under way could never
 * be answered after that, so the socket is destroyed.
 */
export async function webSocketClass(): Promise<typeof WebSocket> {
  const { WebSocket: Socket } = await import("ws");
  class ClientSocket extends Socket {
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
  return ClientSocket as unknown as typeof WebSocket;
}
