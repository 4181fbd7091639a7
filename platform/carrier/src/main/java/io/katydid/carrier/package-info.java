/**
 * Runs users on carrier loops: one platform thread that polls, expires timers and runs the virtual threads of its users, so that a request crosses no thread.
 *
 * <p>Threads: a <em>carrier</em> per loop (never blocks but in its poll), one <em>watchdog</em> (reads counters, takes stacks), and a bounded
 * pool for {@link io.katydid.carrier.Carriers#blocking blocking} work. What runs on a loop may not block it; a user that does is named.
 * If the JDK does not let users be scheduled here, they run on its default scheduler, loops remain as I/O threads, and everything behaves the same.
 * What the watchdog reports then differs: a user that holds one of the scheduler's threads keeps nobody waiting as long as another one is free, so only
 * when all of them are held is it reported; and while the output of a process is read the JDK adds a thread, so that never is.
 */
@NullMarked
package io.katydid.carrier;

import org.jspecify.annotations.NullMarked;
