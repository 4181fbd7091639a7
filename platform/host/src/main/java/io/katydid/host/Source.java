package io.katydid.host;

import java.nio.file.Path;

/**
 * Is one source file.
 *
 * @param name what the compiler and messages call it
 * @param path where it is; for a download or standard input its name
 */
record Source(String name, Path path, String text) {

    String fileName() {
        var file = path.getFileName();
        return file == null ? name : file.toString();
    }
}
