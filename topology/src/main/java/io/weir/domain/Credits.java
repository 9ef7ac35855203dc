package io.weir.domain;

/** Where it goes what payments are credited to. */
@FunctionalInterface
public interface Credits {

    /**
     * Takes what a payment is credited to: when it is accepted, and again when an earlier event has come in after it and
     * may have changed that. What was said last of a payment stands, and agrees with the contributions made so far.
     */
    void credited(Credit credit);
}
