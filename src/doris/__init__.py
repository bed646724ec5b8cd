"""A local emulator of Cloudflare Python Workers."""
