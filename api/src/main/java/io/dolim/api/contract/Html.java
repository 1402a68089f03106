package io.dolim.api.contract;

/** A page of HTML as it is written, every text escaped. */
final class Html {

    private final StringBuilder out = new StringBuilder();

    /** An element around text. */
    Html element(String name, String text) {
        return open(name).text(text).close(name);
    }

    /** An element that can be pointed at, around text. */
    Html anchored(String name, String id, String text) {
        out.append('<').append(name).append(" id=\"").append(escaped(id)).append("\">");
        return text(text).close(name);
    }

    Html link(String target, String text) {
        out.append("<a href=\"").append(escaped(target)).append("\">");
        return text(text).close("a");
    }

    Html open(String name) {
        out.append('<').append(name).append('>');
        return this;
    }

    Html close(String name) {
        out.append("</").append(name).append(">\n");
        return this;
    }

    Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** A row of a table, each cell text. */
    Html row(String... cells) {
        open("tr");
        for (String cell : cells) {
            element("td", cell);
        }
        return close("tr");
    }

    /** The head of a table. */
    Html heads(String... cells) {
        open("tr");
        for (String cell : cells) {
            element("th", cell);
        }
        return close("tr");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
