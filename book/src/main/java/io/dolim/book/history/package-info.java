/**
 * What operators ask a journal afterwards: the pool at any moment, why a trade cost what it did, and
 * what other settings would have made of it.
 */
@NullMarked
package io.dolim.book.history;

import org.jspecify.annotations.NullMarked;
