package io.katydid.http;

import io.katydid.api.spi.UserRuntime;
import org.jspecify.annotations.Nullable;

/** Remembers addresses already taken apart, since scripts ask for the same few again and again. Any thread: a lost race costs one more reading. */
final class Urls {
    private static final int SLOTS = 512;
    private final @Nullable Known[] slots = new Known[SLOTS];

    private record Known(String base, String given, Url url) {}

    /** Gives the memory that the users of an environment share. */
    static Urls of(UserRuntime runtime) {
        return runtime.environment().shared("http.urls", Urls.class, Urls::new);
    }

    /** Reads an address as {@link Url#of(String, String)} does. */
    Url of(String base, String given) {
        int hash = base.hashCode() * 31 + given.hashCode();
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        var known = slots[slot];
        if (known != null && known.given.equals(given) && known.base.equals(base)) return known.url;
        var url = Url.of(base, given);
        slots[slot] = new Known(base, given, url);
        return url;
    }
}
