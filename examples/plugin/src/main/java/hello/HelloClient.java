package hello;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends a line and waits for the line that answers it: one request of the statistics. Any thread of the user, one after the other. */
public final class HelloClient {
    private HelloUser user;
    private HelloOptions options;
    private volatile Socket socket = new Socket();
    private BufferedReader answers;
    private volatile boolean ended;

    HelloClient() {}

    /** Asks for the value of a key; recorded under the name {@code get}. Gives the answer, or "" after a failure. */
    public String get(String key) {
        return send("get", "get " + key);
    }

    /** Sends a line, recorded under a name; an answer that begins with ERROR is a failure. Gives the answer, or "" after a failure. */
    public String send(String name, String line) {
        return user.environment().events().request().measure("HELLO", name, sample -> {
            var answer = ask(line);
            sample.responseLength(answer.length());
            if (answer.startsWith("ERROR")) sample.failure(answer);
            return answer;
        }).orElse("");
    }

    private synchronized String ask(String line) throws IOException {
        try {
            if (!socket.isConnected() || socket.isClosed()) connect();
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            var answer = answers.readLine();
            if (answer == null) throw new EOFException("The server closed the connection.");
            return answer;
        } catch (IOException broken) {
            socket.close(); // A late answer must not be taken for that of the next line.
            throw broken;
        }
    }

    private void connect() throws IOException {
        socket = user.newClient(options);
        socket.setSoTimeout(options.timeoutMillis());
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        if (ended) throw new IOException("The user of this client has ended.");
    }

    void prepare(HelloUser owner, HelloOptions configured) {
        user = owner;
        options = configured;
    }

    void end() throws IOException {
        ended = true;
        socket.close();
    }
}
