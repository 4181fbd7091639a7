package io.katydid.api;

/** Runs all users in this process. */
public non-sealed interface LocalRunner extends Runner {
}
