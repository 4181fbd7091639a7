/** Carries the messages of master and workers: the reference's frames of MessagePack over ZeroMQ, each socket on a thread of its own. */
@NullMarked
package io.katydid.cluster.wire;

import org.jspecify.annotations.NullMarked;
