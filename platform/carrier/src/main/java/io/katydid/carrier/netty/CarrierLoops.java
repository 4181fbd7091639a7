package io.katydid.carrier.netty;

import io.katydid.carrier.Loop;
import io.katydid.carrier.LoopKind;
import java.util.ArrayList;
import java.util.List;

/** Opens loops whose poll is Netty's. For {@link io.katydid.carrier.Carriers}. */
public final class CarrierLoops {

    private CarrierLoops() {}

    /** Opens and starts so many loops. */
    public static List<Loop> open(int count, LoopKind kind, String name) {
        var loops = new ArrayList<Loop>(count);
        for (int i = 0; i < count; i++) loops.add(new NettyLoop(i, kind, name + "-carrier-" + i));
        return List.copyOf(loops);
    }
}
