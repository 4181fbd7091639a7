package hello;

/** Takes what a user's {@code configure} says about its client. */
public final class HelloOptions {
    private double timeout = 5;

    HelloOptions() {}

    /** Fails a request that waits longer than so many seconds for the server. Default: 5. */
    public HelloOptions timeout(double seconds) {
        if (!(seconds > 0)) throw new IllegalArgumentException("timeout(" + seconds + ") is not above 0. Give seconds, such as 0.5.");
        timeout = seconds;
        return this;
    }

    int timeoutMillis() { return (int) Math.ceil(timeout * 1000); }
}
