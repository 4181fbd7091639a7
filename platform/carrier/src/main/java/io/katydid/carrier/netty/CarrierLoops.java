package io.katydid.carrier.netty;

import io.katydid.carrier.Loop;
import java.util.ArrayList;
import java.util.List;

/** Opens loops whose poll is Netty's. For {@link io.katydid.carrier.Carriers}. */
public final class CarrierLoops {

    private CarrierLoops() {}

    /** Opens and starts so many loops. */
    public static List<Loop> open(int count, boolean carryUsers, String name) {
        var loops = new ArrayList<Loop>(count);
        for (int i = 0; i < count; i++) loops.add(new NettyLoop(i, carryUsers, name + "-carrier-" + i));
        return List.copyOf(loops);
    }
}
