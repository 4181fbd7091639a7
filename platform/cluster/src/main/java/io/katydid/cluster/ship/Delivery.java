package io.katydid.cluster.ship;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Is what a worker got: all of it is in the store.
 *
 * @param manifest the files
 * @param addresses scripts to be got from elsewhere, as a master of the reference may say
 * @param bytes the bytes that came
 * @param sent the files that came; the others were kept from before
 */
public record Delivery(Manifest manifest, List<String> addresses, long bytes, int sent) {
    private static final int NAMED = 10;

    /** Keeps a copy. */
    public Delivery {
        addresses = List.copyOf(addresses);
    }

    /** Says what came, for the log. */
    public String text(String master) {
        var names = manifest.items().stream().limit(NAMED).map(item -> item.kind() == Kind.SCRIPT ? item.name().replaceFirst("^\\d+/", "")
            : item.name()).collect(Collectors.joining(", "));
        int files = manifest.items().size();
        return String.format(Locale.ROOT, "The master at %s gives %s%s: %d sent with %d bytes, %d kept from before.", master, names,
            files > NAMED ? " and " + (files - NAMED) + " more files" : "", sent, bytes, files - sent);
    }
}
