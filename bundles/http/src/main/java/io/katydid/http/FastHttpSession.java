package io.katydid.http;

import java.util.stream.Stream;

/** Is the session of a {@link FastHttpUser}; the same engine with the defaults of the reference's fast client. */
public interface FastHttpSession extends HttpSession {

    /** Sends a GET and gives its lines as they arrive. Close the stream, or read it to its end. */
    Stream<String> iterLines(String url, RequestOption... options);

    @Override FastHttpSession to(String baseUrl);
}
