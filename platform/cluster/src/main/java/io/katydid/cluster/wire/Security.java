package io.katydid.cluster.wire;

import io.katydid.api.KatydidException;

/** Says who may be in the cluster. Master and workers must have the same. */
public sealed interface Security {

    /** Lets everybody in who reaches the port, unencrypted, as the reference does: for networks that only the cluster is in. */
    static Security open() {
        return new Open();
    }

    /** Lets in who has the token. */
    static Security token(String token) {
        return new Token(token);
    }

    /** Lets everybody in, and hides nothing. */
    record Open() implements Security {}

    /**
     * Lets in only nodes with the same token: ZeroMQ's CURVE, with the key pairs of the master and of the workers both derived from the token.
     *
     * <p>A master proves to each worker that it has the token, and each worker to the master, before a message passes; what passes is encrypted,
     * with new keys for each connection, so that a token that leaks later opens no recorded traffic. It does not protect nodes from each other: who
     * has the token can be the master and any worker. It does not hide addresses, sizes and times, nor keep anybody from using up the port's
     * connections. The token is as secret as it is hard to guess: a recorded handshake lets an attacker try guesses at leisure.
     * Nodes of the reference, boomer and locust4j know no tokens and are refused.
     *
     * @param token at least 16 characters, from a random source; {@code openssl rand -hex 32} makes one
     */
    record Token(String token) implements Security {
        private static final int LEAST = 16;

        /** Makes one of a token long enough. */
        public Token {
            if (token.strip().length() < LEAST)
                throw new KatydidException("The cluster token has " + token.strip().length()
                    + " characters, and must have at least " + LEAST + ": a short one can be guessed. Make one with: openssl rand -hex 32");
        }

        /** Does not give the token away. */
        @Override public String toString() {
            return "Token[hidden]";
        }
    }
}
