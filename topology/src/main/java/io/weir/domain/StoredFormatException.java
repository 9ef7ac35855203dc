package io.weir.domain;

/** State was stored in a format that this version does not read: by another version of Weir. */
public final class StoredFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * @param what is stored, with its article
     * @param found the format number that it begins with
     * @param read the one that this version reads
     */
    public StoredFormatException(String what, int found, int read) {
        super(what + " is stored in format " + found + ", this version reads format " + read);
    }
}
