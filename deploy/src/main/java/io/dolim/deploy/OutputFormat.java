package io.dolim.deploy;

/** How a verb prints rows. Public for the measurements. */
public enum OutputFormat {
    /** Columns for the eye. */
    table,
    /** One array, or one object when there is one. */
    json,
    /** One object a line. */
    jsonl,
    /** Comma separated, quoted where needed, with a head. */
    csv
}
