import { connect } from "node:net";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { memoryMiB, residentMiB } from "../support/process-facts.js";
import { scratchDirectory, startClary } from "../support/servers.js";
import { median } from "../support/statistics.js";

const rounds = 7;
const someConnections = 1000;
const manyConnections = 4000;

/** Start-up, idle memory, and memory under open connections. */
export async function server() {
  const dataDirectory = scratchDirectory();
  const ready = [];
  for (let round = 0; round < rounds; round++) {
    const started = await startClary({ dataDirectory });
    ready.push(started.readySeconds);
    await started.stop();
  }
  const running = await startClary({ dataDirectory });
  // What start-up left behind is collected when the process is idle; two seconds are plenty.
  await delay(2000);
  const idle = memoryMiB(running.pid);
  const resident = residentMiB(running.pid);
  // The first requests make the heap grow to its working size, whoever brings them.
  await memoryHolding(running, manyConnections);
  const some = await memoryHolding(running, someConnections);
  const many = await memoryHolding(running, manyConnections);
  await running.stop();
  return [
    { name: "ready, from process start", ours: median(ready), unit: "s", wanted: "≤ 0.7 (aim 0.5)" },
    {
      name: "idle memory, proportional, whole process tree",
      ours: idle,
      unit: "MiB",
      wanted: "≤ 150 (aim 120)",
      note: `${Math.round(resident)} MiB resident, with what it shares with other Node processes`,
    },
    {
      name: `memory with ${manyConnections} connections open`,
      ours: many,
      theirs: some,
      unit: "MiB",
      ratio: many / some,
      wanted: "no growth",
      peer: `${someConnections} open`,
    },
  ];
}

/** @param {{ port: number, pid: number }} running @param {number} count */
async function memoryHolding({ port, pid }, count) {
  const open = await holdConnections(port, count);
  const memory = memoryMiB(pid);
  open.forEach((socket) => socket.destroy());
  return memory;
}

/** Connections that have made one request and stay open. @param {number} port @param {number} count */
async function holdConnections(port, count) {
  const sockets = [];
  for (let index = 0; index < count; index++) {
    const socket = connect(port, "127.0.0.1");
    socket.write("GET /_clary/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    await once(socket, "data");
    sockets.push(socket);
  }
  return sockets;
}
