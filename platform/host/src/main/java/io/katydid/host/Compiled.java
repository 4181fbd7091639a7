package io.katydid.host;

import java.util.SortedMap;

/**
 * Is a compiled unit.
 *
 * @param classes the class files by binary name
 * @param sources the source's name of each class
 * @param used the revision of each bundle package the compiler looked into
 */
record Compiled(SortedMap<String, byte[]> classes, SortedMap<String, String> sources, SortedMap<String, String> used) {}
