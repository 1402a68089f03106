package io.dolim.book;

/**
 * A writer does not know what its journal holds, or found an invariant broken: the process must halt and
 * read its disk again. Told to the guardian at once, which also watches every writer.
 *
 * @param persistenceId of the writer
 * @param why one line
 */
public record WriterHalted(String persistenceId, String why) {}
