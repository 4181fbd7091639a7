package io.katydid.carrier;

import java.time.Duration;

/**
 * Says that a loop did not turn: whatever ran on it kept all its users waiting.
 *
 * @param loop the index of the loop
 * @param standstill how long it has stood when it was noticed
 * @param stackOfUser the stack of the user that was on it, a line per frame
 */
public record Stall(int loop, Duration standstill, String stackOfUser) {}
