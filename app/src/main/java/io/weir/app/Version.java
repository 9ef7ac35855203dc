package io.weir.app;

/** Which version of Weir this is. */
public final class Version {
    public static final String NUMBER = "0.1.0";

    private Version() {}
}
