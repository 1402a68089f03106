/** Evidence for the journal: Pekko's own kit, and what it does not ask. */
@NullMarked
package io.dolim.persistence;

import org.jspecify.annotations.NullMarked;
