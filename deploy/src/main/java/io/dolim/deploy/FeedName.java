package io.dolim.deploy;

/** The feeds by their names on the command line. */
enum FeedName {
    simulated,
    replay,
    deribit
}
