import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type AddressInfo, type Socket } from "node:net";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clary, run } from "../../support/clary.ts";

const fetchScript = fileURLToPath(new URL("fetch.py", import.meta.url));
const host = "far.example";

let directory = "";
let secure: Server;
let proxy: Server;
const asked: { readonly target: string | undefined; readonly authorization: string | undefined }[] = [];

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** A host with a certificate that nothing but `ca.pem` vouches for, and a proxy through which alone it is reached. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "clary-tunnel-"));
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${host}`];
  const names = [
    "-addext",
    `subjectAltName=DNS:${host}`,
    "-keyout",
    join(directory, "key.pem"),
    "-out",
    join(directory, "ca.pem"),
  ];
  await run("openssl", [...request, ...names]);
  const [key, cert] = await Promise.all([readFile(join(directory, "key.pem")), readFile(join(directory, "ca.pem"))]);
  secure = createTlsServer({ key, cert }, (_request, response) => void response.end("hello from afar"));
  proxy = createServer();
  proxy.on("connect", (message: IncomingMessage, socket: Socket) => {
    asked.push({ target: message.url, authorization: message.headers["proxy-authorization"] });
    const outward = connect(portOf(secure), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(outward).pipe(socket);
    });
    outward.on("error", () => socket.destroy());
    socket.on("error", () => outward.destroy());
  });
  for (const server of [secure, proxy]) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
});
afterAll(async () => {
  secure.close();
  proxy.close();
  await rm(directory, { recursive: true, force: true });
});

it("an https host that is not AWS's is reached end to end, through the proxy that was set before", async () => {
  const upstream = `http://user:secret@127.0.0.1:${portOf(proxy)}`;
  const environment = { HTTPS_PROXY: upstream, https_proxy: upstream, NO_PROXY: "", no_proxy: "" };
  const program = ["python3", fetchScript, `https://${host}/`, join(directory, "ca.pem")];
  const ended = await clary(["exec", "--data-dir", join(directory, "data"), "--", ...program], { environment });
  expect(ended).toMatchObject({ code: 0, output: "hello from afar\n" });
  expect(asked).toEqual([
    { target: `${host}:443`, authorization: `Basic ${Buffer.from("user:secret").toString("base64")}` },
  ]);
});

it("such a host is not reached by somebody without the program's token", async () => {
  const script = `
    const { request } = require("node:http");
    const { port } = new URL(process.env.HTTPS_PROXY);
    const tunnel = request({ method: "CONNECT", host: "127.0.0.1", port, path: "${host}:443" });
    tunnel.on("connect", (answer) => process.exit(console.log(answer.statusCode)));
    tunnel.end();`;
  const ended = await clary(["exec", "--data-dir", join(directory, "data"), "--", process.execPath, "-e", script]);
  expect(ended).toMatchObject({ code: 0, output: "407\n" });
});
