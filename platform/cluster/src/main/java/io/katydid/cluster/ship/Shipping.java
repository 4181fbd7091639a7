package io.katydid.cluster.ship;

/** Holds the words and bounds of what is shipped. */
public final class Shipping {
    /** Is the version of the reference whose protocol this is. */
    public static final String REFERENCE = "2.45.5";
    /** Asks for the script, and with {@link #PEER} for all that goes with it; the reference's answer has the same name. */
    public static final String REQUEST = "locustfile";
    /** Asks for a piece of a file, and is the answer. */
    public static final String CHUNK = "katydid_chunk";
    /** Is the key by which a worker of Katydid says that it can take more than the reference's answer. */
    static final String PEER = "katydid";
    /** Answers with the list of the files. */
    static final String FILES = "katydid_files";
    /** Is the number of an answer. */
    static final String NUMBER = "number";
    /** Names the answers that were read, by their numbers. */
    static final String READ = "read";
    /** The bytes of one piece: small, so that what the master says to others has not long to wait behind it. */
    static final int CHUNK_BYTES = 256 << 10;
    /** The pieces a worker asks for before the first has come. */
    static final int AT_ONCE = 4;
    /** The bytes of one file. */
    public static final long FILE_BYTES = 256L << 20;
    /** The files of one list. */
    public static final int FILES_AT_MOST = 10_000;

    private Shipping() {}
}
