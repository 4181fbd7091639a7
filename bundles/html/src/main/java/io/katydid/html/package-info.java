/** Writes one HTML file that tells a whole run: no request to anywhere, readable without scripts, in light and dark. */
@NullMarked
package io.katydid.html;

import org.jspecify.annotations.NullMarked;
