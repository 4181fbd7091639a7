/** Puts HTTP load on a server: users, sessions, and the codec and connections behind them. */
@NullMarked
package io.katydid.http;

import org.jspecify.annotations.NullMarked;
