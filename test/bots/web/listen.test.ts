import { describe, expect, it } from 'vitest';
import { startWebChat } from './startWebChat.ts';

describe('where the web chat listens', () => {
  it('a port in use is said in one sentence', async () => {
    const first = await startWebChat();
    try {
      const port = Number(new URL(first.url).port);
      await expect(startWebChat({ port })).rejects.toMatchObject({
        code: 'usage',
        message: `Port ${port} is in use by another program. Set PORT to another, or 0 for any free one.`,
      });
    } finally {
      await first.stop();
    }
  });

  it('an address that the machine does not have is said in one sentence', async () => {
    await expect(startWebChat({ host: '192.0.2.1' })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('192.0.2.1 is not an address of this machine'),
    });
  });

  it('on all addresses it answers to any of them, but to no name', async () => {
    const chat = await startWebChat({ host: '0.0.0.0' });
    try {
      const { port, hostname } = new URL(chat.link());
      expect(hostname).toBe('127.0.0.1');
      const browser = await chat.signedIn();
      expect((await browser.get('/api/about', { host: `10.1.2.3:${port}` })).status).toBe(200);
      expect((await browser.get('/api/about', { host: `evil.example:${port}` })).status).toBe(421);
    } finally {
      await chat.stop();
    }
  });
});
