/**
 * Holds what the pool displays against what may be displayed: every contract quoted or refused with a
 * reason, no bid above an ask, nothing that pays for nothing, marks near those of the market. Pure
 * functions of a published view; knows nothing of how quotes are made.
 */
@NullMarked
package io.dolim.book.audit;

import org.jspecify.annotations.NullMarked;
