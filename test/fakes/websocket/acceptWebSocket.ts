import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** The server's end of a WebSocket: RFC 6455, text only, no extensions. */
export interface ServerSocket {
  send(text: string): void;
  ping(): void;
  /** Begins the closing handshake. */
  close(code: number, reason?: string): void;
  /** Says goodbye and hangs up. */
  end(): void;
  /** Cuts the connection without a word. */
  destroy(): void;
  /** From now on nothing is answered any more: no pong, no closing handshake. */
  goSilent(): void;
}

export interface SocketEvents {
  onText(text: string): void;
  /** The connection is gone; the code that the other end closed it with, if it said one. */
  onClose(code?: number): void;
}

const opText = 1;
const opClose = 8;
const opPing = 9;
const opPong = 10;

export function acceptWebSocket(request: IncomingMessage, socket: Duplex, events: SocketEvents): ServerSocket {
  const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accept = createHash('sha1').update(key).digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  let received = Buffer.alloc(0);
  let pieces: Buffer[] = [];
  let isSilent = false;
  let isClosing = false;
  let saidCode: number | undefined;

  const write = (op: number, payload: Buffer) => {
    if (!socket.destroyed && socket.writable) socket.write(Buffer.concat([head(op, payload.length), payload]));
  };

  function onFrame({ op, isLast, payload }: Frame): void {
    if (isSilent) return;
    if (op === opPing) write(opPong, payload);
    else if (op === opClose) {
      if (payload.length >= 2) saidCode = payload.readUInt16BE(0);
      if (!isClosing) write(opClose, payload);
      socket.end();
    } else if (op === opText || op === 0) {
      pieces.push(payload);
      if (!isLast) return;
      const whole = Buffer.concat(pieces).toString('utf8');
      pieces = [];
      events.onText(whole);
    }
  }

  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    for (let frame = readFrame(received); frame; frame = readFrame(received)) {
      received = received.subarray(frame.size);
      onFrame(frame);
    }
  });
  // A process that was killed hangs up without a closing handshake.
  socket.on('end', () => socket.end());
  socket.on('error', () => socket.destroy());
  socket.once('close', () => events.onClose(saidCode));

  return {
    send: (text) => write(opText, Buffer.from(text)),
    ping: () => write(opPing, Buffer.from('ping')),
    close(code, reason) {
      isClosing = true;
      write(opClose, closing(code, reason));
    },
    end() {
      isClosing = true;
      write(opClose, closing(1001));
      socket.end(() => socket.destroy());
    },
    destroy: () => void socket.destroy(),
    goSilent() {
      isSilent = true;
    },
  };
}

function closing(code: number, reason = ''): Buffer {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(code);
  return Buffer.concat([payload, Buffer.from(reason)]);
}

interface Frame {
  readonly op: number;
  readonly isLast: boolean;
  readonly payload: Buffer;
  readonly size: number;
}

function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const first = bytes.readUInt8(0);
  const second = bytes.readUInt8(1);
  const isMasked = (second & 0x80) !== 0;
  let length = second & 0x7f;
  let at = 2;
  if (length === 126) {
    if (bytes.length < 4) return undefined;
    length = bytes.readUInt16BE(2);
    at = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return undefined;
    length = Number(bytes.readBigUInt64BE(2));
    at = 10;
  }
  const mask = isMasked ? bytes.subarray(at, at + 4) : undefined;
  if (mask) at += 4;
  const size = at + length;
  if (bytes.length < size) return undefined;
  const payload = Buffer.from(bytes.subarray(at, size));
  if (mask) for (let i = 0; i < payload.length; i += 1) payload[i] = (payload[i] ?? 0) ^ (mask[i % 4] ?? 0);
  return { op: first & 0x0f, isLast: (first & 0x80) !== 0, payload, size };
}

function head(op: number, length: number): Buffer {
  if (length < 126) return Buffer.from([0x80 | op, length]);
  if (length < 65_536) {
    const bytes = Buffer.from([0x80 | op, 126, 0, 0]);
    bytes.writeUInt16BE(length, 2);
    return bytes;
  }
  const bytes = Buffer.alloc(10);
  bytes.writeUInt8(0x80 | op, 0);
  bytes.writeUInt8(127, 1);
  bytes.writeBigUInt64BE(BigInt(length), 2);
  return bytes;
}
