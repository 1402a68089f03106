package io.dolim.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code bad-inputs.txt}, where the columns are explained.
 *
 * @param via how it is sent
 * @param what method, message, request line or bytes
 * @param code expected, or {@code ok}, or {@code close} and a number
 * @param reason expected
 */
record BadInput(String name, String via, String what, String params, String code, String reason) {

    private static final int COLUMNS = 6;
    private static final Pattern REPEATED = Pattern.compile("\\{\\{(\\d+)\\*(.+?)}}");
    private static final Pattern NAMED = Pattern.compile("\\{\\{([A-Z]+)(?::([^}]*))?}}");

    /** Fills in a name of the table. */
    interface Names {
        String value(String name, String edit) throws Exception;
    }

    static List<BadInput> all() throws IOException {
        List<BadInput> inputs = new ArrayList<>();
        try (InputStream table = BadInput.class.getResourceAsStream("bad-inputs.txt")) {
            if (table == null) {
                throw new IOException("bad-inputs.txt is not on the class path");
            }
            for (String line :
                    new String(table.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    inputs.add(parse(line));
                }
            }
        }
        return inputs;
    }

    private static BadInput parse(String line) {
        String[] column = line.split(" \\| ", -1);
        if (column.length != COLUMNS) {
            throw new IllegalArgumentException("not " + COLUMNS + " columns: " + line);
        }
        return new BadInput(column[0], column[1], column[2], column[3], column[4], column[5]);
    }

    /** The same with everything filled in. */
    BadInput filled(Names names) throws Exception {
        return new BadInput(
                name, fill(via, names), fill(what, names), fill(params, names), code, reason);
    }

    private static String fill(String text, Names names) throws Exception {
        String repeated =
                REPEATED.matcher(text)
                        .replaceAll(
                                found ->
                                        Matcher.quoteReplacement(
                                                found.group(2)
                                                        .repeat(Integer.parseInt(found.group(1)))));
        Matcher named = NAMED.matcher(repeated);
        StringBuilder filled = new StringBuilder();
        while (named.find()) {
            String edit = named.group(2) == null ? "" : named.group(2);
            named.appendReplacement(
                    filled, Matcher.quoteReplacement(names.value(named.group(1), edit)));
        }
        return named.appendTail(filled).toString();
    }
}
