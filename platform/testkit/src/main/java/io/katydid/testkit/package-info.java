/**
 * Helps authors of plugins and scripts to test them: a contract per kind of extension, an embedded platform, and servers that can be told to misbehave. A
 * contract is a JUnit class; a plugin passes it with a subclass of a few lines.
 */
@NullMarked
package io.katydid.testkit;

import org.jspecify.annotations.NullMarked;
