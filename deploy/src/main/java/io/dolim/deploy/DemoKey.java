package io.dolim.deploy;

import java.util.regex.Pattern;

/** A key given on the command line. */
record DemoKey(String id, String secret) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final int SHORTEST_SECRET = 8;

    /** @throws IllegalArgumentException when the text is not ID:SECRET */
    static DemoKey parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0 || !ID.matcher(text.substring(0, colon)).matches()) {
            throw new IllegalArgumentException(
                    "--key must read ID:SECRET with an id of 1 to 32 letters, digits, '_' or '-'");
        }
        if (text.length() - colon - 1 < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "--key: the secret must have at least " + SHORTEST_SECRET + " characters");
        }
        return new DemoKey(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The account the key acts for: its id in lower case. */
    String account() {
        return id.toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String toString() {
        return "DemoKey[id=" + id + "]";
    }
}
