package org.trunkline.sandbox;

import java.io.IOException;
import org.trunkline.sandbox.bitrix.BitrixPortals;
import org.trunkline.sandbox.http.SandboxServer;

/** The whole sandbox on one port. */
public final class Sandbox implements AutoCloseable {
    private final SandboxServer server;
    private final String address;

    private Sandbox(SandboxServer server, String address) {
        this.server = server;
        this.address = address;
    }

    /**
     * @param port 0 for any free one
     */
    public static Sandbox start(String host, int port) throws IOException {
        SandboxServer server = new SandboxServer(host, port);
        String address = "http://" + host + ":" + server.port();
        BitrixPortals portals = new BitrixPortals(name -> address + "/sandbox/bitrix24/" + name);
        server.mount("/sandbox/bitrix24", portals::handle);
        server.start();
        return new Sandbox(server, address);
    }

    public String address() {
        return address;
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
