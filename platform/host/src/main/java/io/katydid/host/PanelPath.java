package io.katydid.host;

import java.util.Arrays;
import java.util.regex.Pattern;

/** Knows which paths name a file below a folder, on every system and in every address. */
final class PanelPath {
    private static final Pattern SEGMENT = Pattern.compile("[^\\\\/:*?\"<>|#%\\p{Cntrl}]+");

    private PanelPath() {}

    /** Tells whether it goes down only: no {@code ..}, no {@code .}, no beginning at a root, no character that means something in an address or to Windows. */
    static boolean isBelow(String path) {
        return Arrays.stream(path.split("/", -1))
            .allMatch(segment -> SEGMENT.matcher(segment).matches() && !segment.equals(".") && !segment.equals(".."));
    }
}
