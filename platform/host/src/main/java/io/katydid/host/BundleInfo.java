package io.katydid.host;

/**
 * Describes a bundle as {@code katydid plugins} shows it.
 *
 * @param name the bundle's name, without the {@code io.katydid.} of our own
 * @param version its version
 * @param state {@code active}, {@code library} (installed for its packages, not selected), {@code off} (left out or an older duplicate), {@code failed}, or {@code hanging}
 * @param file the file it was read from
 * @param error what is wrong with it, in one line; "" when nothing is
 */
public record BundleInfo(String name, String version, String state, String file, String error) {}
