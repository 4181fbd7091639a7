// Shows a load of two waves, the first higher; run it beside users: -f BrowseUser.java,DoubleWave.java.
import io.katydid.api.*;

class DoubleWave extends LoadTestShape {
    static final int FEWEST = 20;
    static final int FIRST_PEAK = 60;
    static final int SECOND_PEAK = 40;
    static final double SECONDS = 600;

    @Override public Tick tick() {
        if (runTime() >= SECONDS) return stop();
        var users = Math.round(FEWEST + wave(FIRST_PEAK, 1 / 3.0) + wave(SECOND_PEAK, 2 / 3.0));
        return users((int) users, users);
    }

    /** Adds a bell around a part of the whole time. */
    private double wave(int peak, double at) {
        return (peak - FEWEST) * Math.exp(-Math.pow(15 * (runTime() / SECONDS - at), 2));
    }
}
