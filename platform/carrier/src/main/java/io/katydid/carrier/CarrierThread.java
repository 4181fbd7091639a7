package io.katydid.carrier;

/** Marks the platform thread of a loop, so that what runs on it finds its loop without a look-up. Public only for the poll's package. */
public interface CarrierThread {

    /** Gives the loop it runs. */
    Loop loop();
}
