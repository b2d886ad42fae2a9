const HEARTBEAT_MS = 41_250;

type Packet = { op?: unknown; t?: unknown; s?: unknown; d?: unknown };

/**
 * What the gateway sent, so that the library can take it: a server may leave out what Discord never does. What is no
 * packet at all becomes null, which the library leaves alone.
 */
export function normalisePacket(raw: unknown): Packet | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const packet = raw as Packet;
  if (typeof packet.op !== 'number') return null;
  if (packet.op === 10) {
    const given = (packet.d as { heartbeat_interval?: unknown } | null | undefined)?.heartbeat_interval;
    const isUsable = typeof given === 'number' && given >= 100 && given < 2 ** 31;
    return { ...packet, d: { heartbeat_interval: isUsable ? given : HEARTBEAT_MS } };
  }
  if (packet.op === 9) return { ...packet, d: packet.d === true };
  if (packet.op !== 0) return packet;
  if (typeof packet.t !== 'string' || typeof packet.d !== 'object' || packet.d === null) return null;
  if (packet.t !== 'READY') return packet;
  const { session_id: session, resume_gateway_url: url } = packet.d as Record<string, unknown>;
  const resume = typeof url === 'string' && /^wss?:\/\//.test(url) && URL.canParse(url) ? url : undefined;
  return { ...packet, d: { ...packet.d, session_id: String(session ?? ''), resume_gateway_url: resume } };
}
