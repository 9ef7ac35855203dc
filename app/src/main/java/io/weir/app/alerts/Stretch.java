package io.weir.app.alerts;

/**
 * What one key had in a stretch of watched time.
 *
 * @param ms its length
 * @param counted what must not drop
 * @param per what that comes from; 0 where a rule has none
 * @param control what the other keys of the dimension had meanwhile
 */
record Stretch(double ms, double counted, double per, double control) {

    Stretch plus(Stretch other) {
        return new Stretch(ms + other.ms, counted + other.counted, per + other.per, control + other.control);
    }
}
