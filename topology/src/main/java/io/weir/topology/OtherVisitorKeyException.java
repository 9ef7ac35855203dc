package io.weir.topology;

import io.weir.serde.VisitorNames;

/** A partition's visitors are stored under names that nobody here would look for: the key is another. */
public final class OtherVisitorKeyException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final boolean storedByIds;

    /**
     * @param partition of the inputs
     * @param stored the fingerprint of the key that has named the visitors
     * @param here that of the key in this configuration
     */
    public OtherVisitorKeyException(int partition, String stored, String here) {
        super("the visitors of input partition " + partition + " are stored under "
                + (stored.equals(VisitorNames.IDS) ? "their ids" : "pseudonyms of the key with fingerprint " + stored)
                + ", and this configuration has "
                + (here.equals(VisitorNames.IDS) ? "no key" : "the key with fingerprint " + here));
        this.storedByIds = stored.equals(VisitorNames.IDS);
    }

    /** There was no key. */
    public boolean storedByIds() {
        return storedByIds;
    }
}
