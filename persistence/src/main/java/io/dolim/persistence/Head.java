package io.dolim.persistence;

/**
 * Where the journal ends.
 *
 * @param order order number of the last commit's row, the last of the log
 * @param commit number of the last commit
 * @param transaction LMDB's number of it
 * @param chain chain hash after it
 */
record Head(long order, long commit, long transaction, Sha256 chain) {

    Anchor anchor() {
        return new Anchor(order, commit, chain);
    }
}
