package org.trunkline.sandbox;

import java.io.IOException;
import java.time.Clock;
import org.trunkline.sandbox.ami.AmiPbxs;
import org.trunkline.sandbox.amo.AmoPortals;
import org.trunkline.sandbox.bitrix.BitrixPortals;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.SandboxServer;

/** The whole sandbox on one port. */
public final class Sandbox implements AutoCloseable {
    private final SandboxServer server;
    private final AmiPbxs pbxs;
    private final AmoPortals accounts;
    private final String address;

    private Sandbox(SandboxServer server, AmiPbxs pbxs, AmoPortals accounts, String address) {
        this.server = server;
        this.pbxs = pbxs;
        this.accounts = accounts;
        this.address = address;
    }

    /**
     * @param port 0 for any free one
     */
    public static Sandbox start(String host, int port) throws IOException {
        SandboxServer server = new SandboxServer(host, port);
        String address = "http://" + host + ":" + server.port();
        BitrixPortals portals = new BitrixPortals(name -> address + "/sandbox/bitrix24/" + name);
        AmoPortals accounts = new AmoPortals(name -> address + "/sandbox/amocrm/" + name);
        AmiPbxs pbxs = new AmiPbxs(Clock.systemUTC());
        server.mount("/sandbox/bitrix24", portals::handle);
        server.mount("/sandbox/amocrm", accounts::handle);
        server.mount("/sandbox/ami", pbxs::handle);
        server.mount(
                "/sandbox/",
                request ->
                        request.path().isEmpty()
                                ? Reply.html(
                                        200,
                                        Overview.page(
                                                pbxs.documents(),
                                                portals.states(),
                                                accounts.states()))
                                : Reply.html(404, "<h1>404 Not Found</h1>"));
        server.mount("/", request -> Reply.redirect(302, "/sandbox/"));
        server.start();
        return new Sandbox(server, pbxs, accounts, address);
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
        pbxs.close();
        accounts.close();
    }
}
