package io.dolim.persistence;

/** What a live query waits for. */
sealed interface Interest {

    int SLICES = 1024;

    /** An event of an entity. */
    record OfEntity(String persistenceId) implements Interest {}

    /** An event with a tag. */
    record OfTag(String tag) implements Interest {}

    /** Any event. */
    record OfAll() implements Interest {}

    /** An entity never heard of before. */
    record OfNewEntities() implements Interest {}

    /** An event of the entities of a type in a range of slices, both ends included. */
    record OfSlices(String entityType, int min, int max) implements Interest {

        public OfSlices {
            if (min < 0 || max >= SLICES || min > max) {
                throw new IllegalArgumentException(
                        "slices %d to %d are not within 0 to %d".formatted(min, max, SLICES - 1));
            }
        }

        boolean holds(String persistenceId) {
            var slice = slice(persistenceId);
            return slice >= min && slice <= max && entityType.equals(entityType(persistenceId));
        }

        private static String entityType(String persistenceId) {
            var end = persistenceId.indexOf('|');
            return end < 0 ? "" : persistenceId.substring(0, end);
        }
    }

    /** Pekko's rule: the same on every machine. */
    static int slice(String persistenceId) {
        return Math.abs(persistenceId.hashCode() % SLICES);
    }
}
