package io.katydid.cluster.ship;

import java.util.List;

/** Knows what a master gives to its workers. Asked again for each worker, on a thread of the depot: an edited script is given as it was edited. */
@FunctionalInterface
public interface Goods {

    /** Gives all there is now; an error in words when some of it cannot be given. */
    List<Good> all();
}
