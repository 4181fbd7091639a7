package hello;

import io.katydid.api.StopTest;
import io.katydid.api.User;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Is a user with a connection of its own to a server that answers lines, such as {@code --host tcp://127.0.0.1:7000}. */
public abstract class HelloUser extends User {
    /** Makes this user's requests. */
    public final HelloClient client = new HelloClient();
    private URI server;

    /** Sets the client up, before {@code onStart}. */
    protected void configure(HelloOptions options) throws Exception {}

    /** Connects to the server; override it to speak TLS. Blocking holds up this user only. */
    protected Socket newClient(HelloOptions options) throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), options.timeoutMillis());
        return socket;
    }

    @Override protected final void prepare() throws Exception {
        server = URI.create("tcp://" + runtimeForClient().host().replaceFirst("^.*://", ""));
        if (server.getPort() < 0) throw new StopTest("The host '" + server + "' is no tcp://NAME:PORT. Give one with --host.");
        var options = new HelloOptions();
        configure(options);
        client.prepare(this, options);
    }

    @Override protected final void release() throws Exception {
        client.end();
    }
}
