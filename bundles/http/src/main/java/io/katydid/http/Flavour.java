package io.katydid.http;

/** Holds what the two users differ in. */
enum Flavour {
    HTTP("gzip, deflate", false) {
        @Override void apply(HttpOptions options) {}

        @Override boolean good(int status) { return status > 0 && status < 400; }

        @Override String name(String given, Url url) { return url.target(); }

        @Override boolean follows(String method) { return !method.equals("HEAD"); }
    },
    FAST("gzip, deflate, br", true) {
        @Override void apply(HttpOptions options) {
            options.insecure(true).connectionTimeout(60).networkTimeout(60);
        }

        @Override boolean good(int status) {
            return (status >= 200 && status <= 208) || status == 226 || (status >= 301 && status <= 304) || status == 307 || status == 308;
        }

        @Override String name(String given, Url url) { return given; }

        @Override boolean follows(String method) { return true; }
    };

    private final String acceptEncoding;
    private final boolean fast;

    Flavour(String acceptEncoding, boolean fast) {
        this.acceptEncoding = acceptEncoding;
        this.fast = fast;
    }

    String acceptEncoding() { return acceptEncoding; }

    boolean isFast() { return fast; }

    /** Sets the defaults that options may change. */
    abstract void apply(HttpOptions options);

    /** Tells whether a status is a success. */
    abstract boolean good(int status);

    /** Gives the name of a request that has none. */
    abstract String name(String given, Url url);

    /** Tells whether redirects of a method are followed. */
    abstract boolean follows(String method);
}
