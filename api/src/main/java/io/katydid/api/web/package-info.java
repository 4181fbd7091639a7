/**
 * Holds what a script or bundle adds to the web console: routes, tables and
 * background tasks, without a type of any web server.
 */
@NullMarked
package io.katydid.api.web;

import org.jspecify.annotations.NullMarked;
