package io.dolim.deploy;

import java.util.function.Supplier;

/** Two that must tell one story do not. */
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Violation(String what) {
        super(what);
    }

    static void unless(boolean holds, Supplier<String> what) {
        if (!holds) {
            throw new Violation(what.get());
        }
    }

    static void unlessEqual(Object wanted, Object found, String what) {
        unless(wanted.equals(found), () -> what + ": wanted " + wanted + ", found " + found);
    }
}
