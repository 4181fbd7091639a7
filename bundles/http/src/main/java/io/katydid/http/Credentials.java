package io.katydid.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Is a user name with its password, for basic authentication. */
record Credentials(String user, String password) {

    /** Returns the value of the Authorization header. */
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override public String toString() {
        return user + ":***";
    }
}
