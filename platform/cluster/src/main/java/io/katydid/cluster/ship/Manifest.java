package io.katydid.cluster.ship;

import io.katydid.api.KatydidException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is the list of what a master gives.
 *
 * @param items the files, each with a name that is good
 */
public record Manifest(List<Item> items) {

    /** Keeps a copy, and refuses what no worker should take. */
    public Manifest {
        items = List.copyOf(items);
        if (items.size() > Shipping.FILES_AT_MOST)
            throw new KatydidException("There are " + items.size() + " files to be shipped, and at most " + Shipping.FILES_AT_MOST
                + " are. Pack them into fewer files, or bring them to the workers yourself.");
        var names = new HashSet<String>();
        for (var item : items) {
            var why = Names.refusal(item.kind(), item.name());
            if (why.isPresent())
                throw refused(item.name(), why.get(), "Rename it at the master.");
            if (!names.add(item.kind() + Names.folded(item.name())))
                throw refused(item.name(), "another one differs from it in upper and lower case only, or not at all",
                    "Rename one of them at the master.");
            if (item.size() < 0 || item.size() > Shipping.FILE_BYTES)
                throw refused(item.name(), "it has " + item.size() + " bytes, and at most " + Shipping.FILE_BYTES + " are taken",
                    "Make it smaller, or bring it to the workers yourself.");
            if (!Sha256.isOne(item.sha256()))
                throw refused(item.name(), "its hash is no SHA-256", "Look whether that is a master of Katydid.");
        }
    }

    private static KatydidException refused(String name, String why, String what) {
        return new KatydidException("The file '" + Names.readable(name) + "' is not shipped: " + why + ". " + what);
    }

    Map<String, @Nullable Object> toWire() { return Map.of("files", items.stream().map(Item::toWire).toList()); }

    /** Reads what a master sent; what it may not be is an error in words. */
    static Manifest of(Map<String, @Nullable Object> said) {
        if (!(said.get("files") instanceof List<?> files))
            throw new KatydidException("The master's list of files has no 'files'. Look whether it is a master of Katydid.");
        var items = new ArrayList<Item>();
        for (var file : files) {
            if (!(file instanceof Map<?, ?> map && map.get("kind") instanceof String kind && map.get("name") instanceof String name
                && map.get("size") instanceof Long size && map.get("sha256") instanceof String sha256))
                throw new KatydidException("The master's list of files has an entry without kind, name, size and sha256."
                    + " Start master and worker in the same version of Katydid.");
            items.add(new Item(Kind.of(kind).orElseThrow(() -> new KatydidException("The file '" + Names.readable(name)
                + "' is not taken: it is of the kind '" + Names.readable(kind) + "', which this worker does not know."
                + " Start master and worker in the same version of Katydid.")), name, size, sha256));
        }
        return new Manifest(items);
    }

    List<Item> of(Kind kind) { return items.stream().filter(item -> item.kind() == kind).toList(); }

    /** Gives the same text for the same scripts and plugins: what a run folder is called. */
    String runName() {
        var text = new StringBuilder();
        items.stream().filter(item -> item.kind() != Kind.DATA)
            .forEach(item -> text.append(item.kind()).append(' ').append(item.name()).append(' ').append(item.sha256()).append('\n'));
        return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }
}
