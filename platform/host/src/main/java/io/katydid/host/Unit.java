package io.katydid.host;

import java.util.List;

/**
 * Is what is compiled together and gets one class loader: a file or a folder.
 *
 * @param place what was typed for it
 */
record Unit(String place, List<Source> sources) {}
