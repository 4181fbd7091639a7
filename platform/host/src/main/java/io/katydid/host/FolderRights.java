package io.katydid.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Looks who may put code into a folder of bundles: what lies there runs with the rights of whoever starts Katydid. */
final class FolderRights {
    private FolderRights() {}

    /** Says why a folder is refused; empty when only its owner and group may write, or the file system knows no such rights. */
    static Optional<String> refusal(Path folder) {
        try {
            var rights = Files.getPosixFilePermissions(folder);
            if (!rights.contains(PosixFilePermission.OTHERS_WRITE)) return Optional.empty();
            return Optional.of("the folder " + folder + " is left out: everybody may write to it (" + PosixFilePermissions.toString(rights)
                + "), so anybody could put code into your runs. Take that right away with: chmod o-w " + folder
                + ", or allow it with --plugins-unsafe");
        } catch (IOException | UnsupportedOperationException unknown) {
            return Optional.empty();
        }
    }
}
