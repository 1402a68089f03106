package io.dolim.persistence;

/** What an acknowledged write has survived. */
enum Durability {
    /** On disk: survives the loss of the machine's power. */
    COMMIT,
    /** In the operating system's hands: survives the process, not the machine. */
    OS;

    static Durability of(String name) {
        return switch (name) {
            case "commit" -> COMMIT;
            case "os" -> OS;
            default ->
                    throw new IllegalArgumentException(
                            "durability=" + name + " is none of: commit, os");
        };
    }
}
