// Loaded into wrangler: the only place it may reach is this machine.
import { Socket } from "node:net";

const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...parameters) {
  const target = Array.isArray(parameters[0]) ? parameters[0][0] : parameters[0];
  const local = target?.path !== undefined || ["127.0.0.1", "localhost", "::1"].includes(target?.host ?? "localhost");
  if (local) return connect.apply(this, parameters);
  process.nextTick(() => this.destroy(new Error("no network in tests")));
  return this;
};
