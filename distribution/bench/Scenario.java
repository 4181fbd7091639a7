import module java.base;

/**
 * Is one kind of load, the same for each tool.
 *
 * @param name what the command line calls it
 * @param words what the report says
 * @param path what is asked for; a journey has three of its own
 * @param connections users, or connections, at once
 * @param rate requests per second of all of them together; 0 for as many as they can
 * @param traits what is special
 */
record Scenario(String name, String words, String path, int connections, int rate, Set<Trait> traits) {

    enum Trait { TLS, CLOSE, POST, JOURNEY }

    static final List<Scenario> ALL = List.of(
        closed("c1", "1 connection, 150 B", "/", 1),
        closed("c100", "100 connections, 150 B", "/", 100),
        closed("c1000", "1,000 connections, 150 B", "/", 1000),
        closed("c5000", "5,000 connections, 150 B", "/", 5000),
        closed("10k", "100 connections, 10 KB", "/10k", 100),
        closed("1m", "100 connections, 1 MB", "/1m", 100),
        closed("tls", "100 connections, TLS kept alive, 150 B", "/", 100, Trait.TLS),
        closed("handshake", "100 users, a TLS handshake per request, no resumption", "/", 100, Trait.TLS, Trait.CLOSE),
        closed("post", "100 connections, POST of 1 KB JSON", "/", 100, Trait.POST),
        new Scenario("r1000", "1,000 requests/s fixed, 100 users, 150 B", "/", 100, 1000, Set.of()),
        new Scenario("r20000", "20,000 requests/s fixed, 100 users, 150 B", "/", 100, 20_000, Set.of()),
        closed("journey", "100 users, three requests, a JSON value of the first in the second", "/", 100, Trait.JOURNEY),
        closed("delay5", "100 users, the server waits 5 ms", "/delay/5", 100),
        closed("delay50", "100 users, the server waits 50 ms", "/delay/50", 100),
        closed("delay500", "100 users, the server waits 500 ms", "/delay/500", 100));

    static Scenario closed(String name, String words, String path, int connections, Trait... traits) {
        return new Scenario(name, words, path, connections, 0, Set.of(traits));
    }

    static Scenario named(String name) {
        return ALL.stream().filter(one -> one.name.equals(name)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("There is no scenario '" + name + "'. There are " + ALL.stream().map(Scenario::name).toList() + "."));
    }

    boolean is(Trait trait) { return traits.contains(trait); }

    boolean isDelayed() { return path.startsWith("/delay/"); }
}
