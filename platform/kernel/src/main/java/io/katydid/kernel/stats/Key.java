package io.katydid.kernel.stats;

/** Names an entry; sorted by name, then method. */
record Key(String name, String method) implements Comparable<Key> {

    @Override public int compareTo(Key other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : method.compareTo(other.method);
    }
}
