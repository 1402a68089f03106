/** The market as the engine sees it: the port that feeds fill, and the frozen market that prices. */
@NullMarked
package io.dolim.quoting.market;

import org.jspecify.annotations.NullMarked;
