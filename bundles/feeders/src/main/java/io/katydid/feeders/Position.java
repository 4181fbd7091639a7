package io.katydid.feeders;

/** Is how far one way of giving a file's rows out has come. Any thread. */
@FunctionalInterface
interface Position {

    /** Gives the number of the next row and goes on; one that is not below the file's size when all were given out. May wait for the master, never for long. */
    long next();
}
