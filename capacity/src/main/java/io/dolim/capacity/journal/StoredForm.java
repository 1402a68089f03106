package io.dolim.capacity.journal;

/**
 * What stands under a manifest: a record and how it is encoded.
 *
 * @param isWritten false for a form that is read for ever and written no more
 */
public record StoredForm(Class<?> type, Encoding encoding, boolean isWritten) {

    /** How a record becomes bytes; fixed for a manifest for ever. */
    public enum Encoding {
        /** CBOR with names: the same bytes for equal records, everywhere. */
        NAMED,
        /** CBOR without names, of the same property. */
        COMPACT,
        /** Compact, then deflated (RFC 1951): equal records may differ in bytes between machines. */
        DEFLATED,
        /** With names, then deflated: for states, which are large, few, and gain fields. */
        NAMED_DEFLATED
    }

    /** Written with names. */
    public static StoredForm named(Class<?> type) {
        return new StoredForm(type, Encoding.NAMED, true);
    }

    /** Written with names by earlier releases. */
    public static StoredForm earlier(Class<?> type) {
        return new StoredForm(type, Encoding.NAMED, false);
    }

    /** Written without names. */
    public static StoredForm compact(Class<?> type) {
        return new StoredForm(type, Encoding.COMPACT, true);
    }

    /** Written with names and deflated. */
    public static StoredForm namedDeflated(Class<?> type) {
        return new StoredForm(type, Encoding.NAMED_DEFLATED, true);
    }

    /** Written without names and deflated. */
    public static StoredForm deflated(Class<?> type) {
        return new StoredForm(type, Encoding.DEFLATED, true);
    }
}
